/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/base/cc-secret.h>
#include <cc/store/cc-backup.h>

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* After a case file is closed its passphrase, its key and the names in it are nowhere in the
 * process's memory. The test itself holds them only masked: neither the program nor its stack has
 * them in the clear but while they are used. */

#define MASK     0x55
#define KEY_SIZE 32
#define SALT     16
#define ROUNDS   256000

/* "kettle harbour nineteen moths" and "Quenzafrill", each byte with MASK. */
static const guint8 masked_passphrase[] = {
  0x3e, 0x30, 0x21, 0x21, 0x39, 0x30, 0x75, 0x3d, 0x34, 0x27, 0x37, 0x3a, 0x20, 0x27, 0x75,
  0x3b, 0x3c, 0x3b, 0x30, 0x21, 0x30, 0x30, 0x3b, 0x75, 0x38, 0x3a, 0x21, 0x3d, 0x26,
};
static const guint8 masked_name[] = {
  0x04, 0x20, 0x30, 0x3b, 0x2f, 0x34, 0x33, 0x27, 0x3c, 0x39, 0x39,
};

static CcSecret *
unmask (const guint8 *masked, gsize size)
{
  char *text = cc_secret_alloc (size + 1);

  for (gsize i = 0; i < size; i++)
    text[i] = (char) (masked[i] ^ MASK);
  return text;
}

typedef struct
{
  guint8 *masked;
  gsize   size;
  guint   hits;
} Pattern;

static Pattern
pattern_new (gconstpointer masked, gsize size)
{
  return (Pattern){ g_memdup2 (masked, size), size, 0 };
}

/* Compares masked, so that looking for something does not put it into memory. */
static void
search (Pattern *pattern, const guint8 *data, gsize size)
{
  const int first = pattern->masked[0] ^ MASK;

  for (const guint8 *at = data; at != NULL && size - (gsize) (at - data) >= pattern->size;)
    {
      gsize i = 0;

      at = memchr (at, first, size - (gsize) (at - data) - pattern->size + 1);
      if (at == NULL)
        return;
      while (i < pattern->size && (at[i] ^ MASK) == pattern->masked[i])
        i++;
      pattern->hits += i == pattern->size;
      at++;
    }
}

/* All memory of the process that can be read and is not a file's. */
static void
search_memory (Pattern *patterns, guint n)
{
  FILE *maps = fopen ("/proc/self/maps", "r");
  char  line[512];

  g_assert_nonnull (maps);
  for (guint i = 0; i < n; i++)
    patterns[i].hits = 0;
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long from, to;
      char          rights[5];

      if (sscanf (line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r'
          || rights[1] != 'w' || strstr (line, "[v") != NULL)
        continue;
      for (guint i = 0; i < n; i++)
        search (&patterns[i], (const guint8 *) from, to - from);
    }
  fclose (maps);
}

static void
mask_key (const char *path, const char *passphrase, guint8 masked[KEY_SIZE], guint8 *masked_hex)
{
  g_autofree char *contents = NULL;
  guint8          *key = cc_secret_alloc (KEY_SIZE);

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpint (PKCS5_PBKDF2_HMAC (passphrase, (int) strlen (passphrase),
                                      (const guint8 *) contents, SALT, ROUNDS, EVP_sha512 (),
                                      KEY_SIZE, key),
                   ==, 1);
  for (guint i = 0; i < KEY_SIZE; i++)
    {
      masked[i] = key[i] ^ MASK;
      masked_hex[2 * i] = (guint8) ("0123456789abcdef"[key[i] >> 4] ^ MASK);
      masked_hex[2 * i + 1] = (guint8) ("0123456789abcdef"[key[i] & 15] ^ MASK);
    }
  cc_secret_free (key);
}

static gboolean
add_named (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (CcSecret) name = unmask (masked_name, sizeof masked_name);
      g_autoptr (CcRecord) record = make_victim (pack, 500 + i, name);

      put (act, record, CC_PUT_NEW);
    }
  return TRUE;
}

static void
read_all (CcCaseFile *file)
{
  GError          *error = NULL;
  CcConnection    *reader = cc_case_file_acquire_reader (file, &error);
  g_autofree char *hash = NULL;

  g_assert_no_error (error);
  for (gint64 id = 1; id <= 40; id++)
    {
      g_autoptr (CcRecord) record = cc_store_read_record (file, reader, id, &error);

      g_assert_no_error (error);
      g_assert_nonnull (record);
    }
  cc_case_file_release_reader (file, reader);
  hash = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
}

static CcCaseFile *
open_file (const char *path, CcPack *pack)
{
  g_autoptr (CcSecret) passphrase = unmask (masked_passphrase, sizeof masked_passphrase);
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, passphrase, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

static void
close_file (CcCaseFile *file)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
}

static void
create_file (const char *path, CcPack *pack)
{
  g_autoptr (CcSecret) passphrase = unmask (masked_passphrase, sizeof masked_passphrase);
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_create (path, passphrase, pack, "SEN", FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (file, "test", add_named, NULL, NULL, &error));
  g_assert_no_error (error);
  close_file (file);
}

enum
{
  PASSPHRASE_TEXT,
  NAME,
  KEY,
  KEY_HEX,
  N_PATTERNS
};

static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_sibling (fixture, "-secret");
  guint8           key[KEY_SIZE];
  guint8           hex[2 * KEY_SIZE];
  Pattern          patterns[N_PATTERNS];
  CcCaseFile      *file;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("memory that was freed is kept by the sanitizer, and its own cannot be read");
  return;
#endif
  create_file (path, fixture->pack);
  {
    g_autoptr (CcSecret) passphrase = unmask (masked_passphrase, sizeof masked_passphrase);

    mask_key (path, passphrase, key, hex);
  }
  patterns[PASSPHRASE_TEXT] = pattern_new (masked_passphrase, sizeof masked_passphrase);
  patterns[NAME] = pattern_new (masked_name, sizeof masked_name);
  patterns[KEY] = pattern_new (key, sizeof key);
  patterns[KEY_HEX] = pattern_new (hex, sizeof hex);

  file = open_file (path, fixture->pack);
  read_all (file);
  g_assert_true (cc_case_file_backup (file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, NULL));
  search_memory (patterns, N_PATTERNS);
  /* The search finds what is there: the key while the file is open, and names in the caches. */
  g_assert_cmpuint (patterns[KEY].hits, >, 0);
  g_assert_cmpuint (patterns[NAME].hits, >, 0);
  g_assert_cmpuint (patterns[PASSPHRASE_TEXT].hits, ==, 0);
  close_file (file);

  search_memory (patterns, N_PATTERNS);
  g_assert_cmpuint (patterns[PASSPHRASE_TEXT].hits, ==, 0);
  g_assert_cmpuint (patterns[NAME].hits, ==, 0);
  g_assert_cmpuint (patterns[KEY].hits, ==, 0);
  g_assert_cmpuint (patterns[KEY_HEX].hits, ==, 0);
  for (guint i = 0; i < N_PATTERNS; i++)
    g_free (patterns[i].masked);
}

static void
test_guarded (void)
{
  struct rlimit limit;

  cc_secret_guard_process ();
  g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
}

/* One SQLite: ours, which no other library sees. */
static void
test_one_sqlite (void)
{
  g_autofree char *maps = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  g_assert_null (strstr (maps, "libsqlite3"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/memory/nothing-left", Fixture, NULL, fixture_set_up, test_nothing_left,
              fixture_tear_down);
  g_test_add_func ("/store/memory/one-sqlite", test_one_sqlite);
  g_test_add_func ("/store/memory/guarded", test_guarded);
  return g_test_run ();
}
