/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE       4096
#define CODE_SIZE  64 /* at the end of each page */
#define IV_SIZE    16 /* before it */
#define SALT_SIZE  16 /* at the beginning of the file */
#define PAGE_PLACE 4  /* places tried in each page */

/* Places drawn over the whole file, besides those in each page. CASECOUNT_FLIPS sets another
 * number. */
#define DAILY_FLIPS 100

/* An act of the chain, as the table has it. */
typedef struct
{
  gint64 seq;
  gint64 time;
  char  *user;
  char  *act;
  gint64 n;
  char  *content_hash;
} Link;

static void
check_sentence (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 20);
  g_assert_null (strstr (text, "SQL"));
  /* Somebody reads: there was no act. */
  g_assert_null (strstr (text, "act was not"));
}

/* The file as it lies there must not pass. Returns: whether it opened at all */
static gboolean
find_damage (Fixture *fixture, gsize at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  CcCaseFile *file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, CC_OPEN_READ_ONLY, &error);

  if (file == NULL)
    {
      g_assert_true (error->domain == CC_ERROR);
      check_sentence (error->message);
      return FALSE;
    }
  if (!cc_case_file_verify (file, &problems, &error))
    g_error ("byte %" G_GSIZE_FORMAT ": %s", at, error->message);
  if (problems->len == 0)
    g_error ("nobody noticed that byte %" G_GSIZE_FORMAT " was changed", at);
  check_sentence (problems->pdata[0]);
  cc_case_file_free (file);
  return TRUE;
}

static void
flip_one (int fd, char was, gsize at, guint8 mask)
{
  const guint8 byte = (guint8) was ^ mask;

  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t) at), ==, 1);
}

static void
flip (int fd, const char *bytes, gsize at, guint8 mask)
{
  flip_one (fd, bytes[at], at, mask);
}

/* What was altered on the disk while the file is open is found there, not passed over because the
 * page was read before. */
static void
test_altered_while_open (Fixture *fixture, gconstpointer data)
{
  Victims victims = { 1, 40, { 0 } };
  int     fd;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  fixture_open (fixture);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
  fd = open (fixture->path, O_RDWR | O_CLOEXEC);
  for (gsize page = 1; page < 12; page += 5)
    {
      const gsize at = page * PAGE + 1000;
      char        byte;
      g_autoptr (GPtrArray) problems = NULL;

      g_assert_cmpint (pread (fd, &byte, 1, (off_t) at), ==, 1);
      flip_one (fd, byte, at, 1);
      problems = fixture_problems (fixture);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "Encryption"));
      flip_one (fd, byte, at, 0);
    }
  close (fd);
}

/* One byte of the closed file is another: everywhere it is found out. */
static void
test_flipped_byte (Fixture *fixture, gconstpointer data)
{
  const char      *wanted = g_getenv ("CASECOUNT_FLIPS");
  const guint      n_drawn = wanted != NULL ? (guint) atoi (wanted) : DAILY_FLIPS;
  Victims          victims = { 1, 40, { 0 } };
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize size;
  guint n_opened = 0;
  int   fd;

  fixture_act (fixture, add_victims, &victims);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize i = 0; i < 100; i += i < SALT_SIZE ? 1 : 12)
    g_array_append_val (places, i);
  for (gsize page = 0; page < size; page += PAGE)
    {
      const gsize in_page[PAGE_PLACE] = {
        page + (gsize) g_rand_int_range (random, SALT_SIZE, PAGE - CODE_SIZE - IV_SIZE),
        page + PAGE - CODE_SIZE - IV_SIZE + (gsize) g_rand_int_range (random, 0, IV_SIZE),
        page + PAGE - CODE_SIZE + (gsize) g_rand_int_range (random, 0, CODE_SIZE),
        page + PAGE - 1,
      };

      g_array_append_vals (places, in_page, PAGE_PLACE);
    }
  for (guint i = 0; i < n_drawn; i++)
    {
      const gsize at = (gsize) (g_rand_double (random) * (double) size);

      g_array_append_val (places, at);
    }
  fd = open (fixture->path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < places->len; i++)
    {
      const gsize at = g_array_index (places, gsize, i);

      flip (fd, bytes, at, (guint8) g_rand_int_range (random, 1, 256));
      n_opened += find_damage (fixture, at);
      flip (fd, bytes, at, 0);
    }
  close (fd);
  g_test_message ("%u places in %" G_GSIZE_FORMAT " bytes: %u found on opening, %u on examining",
                  places->len, size, places->len - n_opened, n_opened);
  fixture_open (fixture);
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
}

/* ---- after a power cut ---- */

#define LOG_HEADER   32
#define FRAME_HEADER 24

static guint32
read_number (const char *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* The pages that a log has a copy of. Returns: (element-type guint32) */
static GHashTable *
find_logged (const char *log, gsize size)
{
  GHashTable *pages = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (gsize at = LOG_HEADER; at + FRAME_HEADER + PAGE <= size; at += FRAME_HEADER + PAGE)
    {
      if (memcmp (log + at + 8, log + 16, 8) != 0)
        break;
      g_hash_table_add (pages, GUINT_TO_POINTER (read_number (log + at)));
    }
  return pages;
}

static guint
count_problems (Fixture *fixture, CcOpenMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, mode, &error);

  g_assert_no_error (error);
  g_assert_true (cc_case_file_verify (file, &problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) g_ptr_array_index (problems, i));
  g_assert_true (cc_case_file_close (file, &error));
  return problems->len;
}

/* What a power cut leaves: pages half written that stand whole in the log. Reading only, where
 * nothing can be put in order, they are no damage; a page that the log does not have is, and so is
 * one whose copy was altered, too. */
static void
test_power_cut (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 40, { 0 } };
  g_autofree char *log_path = fixture_sibling (fixture, "-wal");
  g_autofree char *bytes = NULL;
  g_autofree char *log = NULL;
  g_autoptr (GHashTable) logged = NULL;
  gsize size, log_size;
  guint other = 0;

  fixture_close (fixture);
  fixture_open (fixture);
  fixture_act (fixture, add_victims, &victims);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_true (g_file_get_contents (log_path, &log, &log_size, NULL));
  fixture_close (fixture);
  logged = find_logged (log, log_size);
  g_test_message ("%u of %" G_GSIZE_FORMAT " pages are in the log", g_hash_table_size (logged),
                  size / PAGE);
  for (gsize number = 1; number <= size / PAGE; number++)
    if (g_hash_table_contains (logged, GSIZE_TO_POINTER (number)))
      for (gsize i = number * PAGE - PAGE / 2; i < number * PAGE; i++)
        bytes[i] ^= 0x5a;
    else
      other = (guint) number;
  /* The file grew, and its end is only half there. */
  g_assert_cmpuint (other, >, 0);
  g_assert_cmpuint (other, <, size / PAGE);
  size -= PAGE / 2;
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (log_path, log, (gssize) log_size, NULL));
  g_assert_cmpuint (count_problems (fixture, CC_OPEN_READ_ONLY), ==, 0);
  bytes[other * PAGE - 1] ^= 1;
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  g_assert_cmpuint (count_problems (fixture, CC_OPEN_READ_ONLY), ==, 1);
  bytes[other * PAGE - 1] ^= 1;
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  g_assert_cmpuint (count_problems (fixture, CC_OPEN_READ_WRITE), ==, 0);
  g_assert_cmpuint (count_problems (fixture, CC_OPEN_READ_ONLY), ==, 0);
}

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

/* Whoever has the key can write what they like, past the program. */
static void
tamper (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cc_case_file_maintain (fixture->file, run_sql, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

static void
add_three (Fixture *fixture)
{
  Victims victims = { 1, 3, { 0 } };

  cc_case_file_set_user (fixture->file, "Registry");
  for (guint i = 0; i < 3; i++)
    {
      fixture_act (fixture, add_victims, &victims);
      victims.first += 10;
    }
}

/* The first thing said about the history is its first broken link. */
static void
test_first_link (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *said;
  } tricks[] = {
    { "UPDATE audit SET user = 'somebody' WHERE seq = 2", "History: act 2 was altered" },
    { "UPDATE audit SET act = 'export' WHERE seq = 3", "History: act 3 was altered" },
    { "UPDATE audit SET prev = hash WHERE seq = 4", "History: act 4 was altered" },
    { "UPDATE audit SET time = time + 1 WHERE seq > 1", "History: act 2 was altered" },
    { "UPDATE audit_change SET after = 'X' WHERE seq = 3 AND n = 0",
      "History: the changes noted for act 3 " },
    { "DELETE FROM audit_change WHERE seq = 3 AND n = 1", "History: the changes noted for act 3 " },
    { "UPDATE audit_change SET mac = zeroblob (32) WHERE seq = 3 AND n = 0",
      "History: 1 changes say more or less" },
    { "UPDATE audit SET user = user || char (0) || 'x' WHERE seq = 2",
      "History: act 2 was altered" },
    { "UPDATE audit SET user = CAST (user AS BLOB) WHERE seq = 2", "History: act 2 was altered" },
    { "UPDATE audit SET time = time + 0.5 WHERE seq = 2", "History: act 2 was altered" },
    { "UPDATE audit_change SET after = after || char (0) || 'x' WHERE seq = 3 AND n = 0",
      "History: the changes noted for act 3 " },
    { "DELETE FROM audit WHERE seq = 3", "History: an act is missing between numbers 2 and 4" },
    { "DELETE FROM audit WHERE seq = 1", "History: an act is missing between numbers 0 and 2" },
  };
  g_autofree char *bytes = NULL;
  gsize            size;

  add_three (fixture);
  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      g_test_message ("trick: %s", tricks[i].sql);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      fixture_open (fixture);
      tamper (fixture, tricks[i].sql);
      problems = fixture_problems (fixture);
      g_assert_cmpuint (problems->len, >, 0);
      g_assert_true (g_str_has_prefix (problems->pdata[0], tricks[i].said));
      fixture_close (fixture);
    }
}

static void
link_clear (gpointer data)
{
  Link *self = data;

  g_free (self->user);
  g_free (self->act);
  g_free (self->content_hash);
}

static GArray *
read_chain (Fixture *fixture)
{
  CcConnection *reader = cc_case_file_acquire_reader (fixture->file, NULL);
  GArray       *links = g_array_new (FALSE, TRUE, sizeof (Link));
  gboolean      has_row = TRUE;

  g_array_set_clear_func (links, link_clear);
  {
    g_autoptr (CcStatement) rows = cc_connection_prepare (
        reader, "SELECT seq, time, user, act, n, content_hash FROM audit ORDER BY seq", NULL);

    while (cc_statement_step (rows, &has_row, NULL) && has_row)
      {
        const Link link = {
          cc_statement_int64 (rows, 0),           cc_statement_int64 (rows, 1),
          g_strdup (cc_statement_text (rows, 2)), g_strdup (cc_statement_text (rows, 3)),
          cc_statement_int64 (rows, 4),           g_strdup (cc_statement_text (rows, 5))
        };

        g_array_append_val (links, link);
      }
  }
  cc_case_file_release_reader (fixture->file, reader);
  return links;
}

static void
add_number (GChecksum *sum, gint64 number)
{
  const guint64 little = GUINT64_TO_LE ((guint64) number);

  g_checksum_update (sum, (const guchar *) &little, sizeof little);
}

static void
add_text (GChecksum *sum, const char *text)
{
  const guint32 size = GUINT32_TO_LE ((guint32) strlen (text));

  g_checksum_update (sum, (const guchar *) "\1", 1);
  g_checksum_update (sum, (const guchar *) &size, sizeof size);
  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
}

/* The hash of an act, written down a second time: what somebody would do who rewrites the chain. */
static char *
hash_link (const Link *link, const char *prev)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_number (sum, link->seq);
  add_number (sum, link->time);
  add_text (sum, link->user);
  add_text (sum, link->act);
  add_number (sum, link->n);
  add_text (sum, link->content_hash);
  add_text (sum, prev);
  return g_strdup (g_checksum_get_string (sum));
}

static gint64
find_anchor (Fixture *fixture, const char *anchor)
{
  GError *error = NULL;
  gint64  seq = -1;

  g_assert_true (cc_case_file_find_anchor (fixture->file, anchor, &seq, &error));
  g_assert_no_error (error);
  return seq;
}

/* A chain that was computed anew from an altered act on is whole in itself; the hash that was
 * printed before is in it no more. */
static void
test_rewritten (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anchor = NULL;
  g_autofree char *prev = g_strdup ("");
  g_autoptr (GArray) links = NULL;

  add_three (fixture);
  anchor = cc_case_file_head_hash (fixture->file, NULL);
  tamper (fixture, "UPDATE audit SET user = 'somebody' WHERE seq = 3");
  links = read_chain (fixture);
  g_assert_cmpuint (links->len, ==, 4);
  for (guint i = 0; i < links->len; i++)
    {
      const Link      *link = &g_array_index (links, Link, i);
      char            *hash = hash_link (link, prev);
      g_autofree char *sql =
          g_strdup_printf ("UPDATE audit SET prev = '%s', hash = '%s' WHERE seq = %u", prev, hash,
                           (guint) link->seq);

      tamper (fixture, sql);
      g_free (prev);
      prev = hash;
    }
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, ==, 0);
  }
  g_assert_cmpint (find_anchor (fixture, prev), ==, 4);
  g_assert_cmpint (find_anchor (fixture, anchor), ==, 0);
}

/* So is a chain that lost its last acts; what they brought stands there without an act. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anchor = NULL;

  add_three (fixture);
  anchor = cc_case_file_head_hash (fixture->file, NULL);
  g_assert_cmpint (find_anchor (fixture, anchor), ==, 4);
  tamper (fixture, "DELETE FROM audit_change WHERE seq > 2; DELETE FROM audit WHERE seq > 2");
  {
    g_autoptr (GPtrArray) problems = fixture_problems (fixture);

    g_assert_cmpuint (problems->len, >, 0);
    g_assert_nonnull (strstr (problems->pdata[0], "no act of the history has brought it"));
  }
  g_assert_cmpint (find_anchor (fixture, anchor), ==, 0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/tamper/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("flipped-byte", test_flipped_byte);
  ADD ("altered-while-open", test_altered_while_open);
  ADD ("power-cut", test_power_cut);
  ADD ("first-link", test_first_link);
  ADD ("rewritten", test_rewritten);
  ADD ("cut", test_cut);
  return g_test_run ();
}
