/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network-place.h"
#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the rights of files and folders forbid, and file systems without locks: each is told as what
 * it is, nothing is changed and nothing is left behind. */

#define OPENS (-1)

/* Rights bind the administrator, too: the process keeps its user and gives up what stands above
 * rights. */
static gboolean
obey_rights (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct   none[2] = { { 0 } };

  return syscall (SYS_capset, &header, none) == 0;
}

/* The case file, what lies beside it and their bytes. */
static GHashTable *
look_around (Fixture *fixture)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_hash_table_insert (found, g_strdup (name),
                           g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, size));
    }
  return found;
}

static void
check_same (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer       name, sum;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, &sum))
    {
      if (g_hash_table_lookup (before, name) == NULL)
        g_error ("“%s” was left behind", (char *) name);
      g_assert_cmpstr (sum, ==, g_hash_table_lookup (before, name));
    }
  g_assert_cmpuint (g_hash_table_size (before), ==, g_hash_table_size (after));
}

static void
check_error (GError *error, int code, const char *words)
{
  g_assert_error (error, CC_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "othing was changed"));
  g_assert_null (strstr (error->message, "SQL"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
try (Fixture *fixture, CcOpenMode mode, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (fixture->path, PASSPHRASE, fixture->pack, mode, &error);

  if (code == OPENS)
    {
      g_assert_no_error (error);
      g_assert_true (cc_case_file_close (file, &error));
      g_assert_no_error (error);
      return;
    }
  g_assert_null (file);
  check_error (error, code, words);
}

static void
give_rights (const char *path, mode_t mode)
{
  g_assert_cmpint (chmod (path, mode), ==, 0);
}

/* ---- rights ---- */

typedef struct
{
  const char *name;
  mode_t      file;
  mode_t      folder;
  CcFileKind  kind;
  int         writing;
  int         reading;
  const char *words;
  gboolean    unfinished; /* a log lies beside the file */
} Rights;

static const Rights rights[] = {
  { "file-closed", 0, 0700, CC_FILE_DENIED, CC_ERROR_DENIED, CC_ERROR_DENIED, "You may not read" },
  { "file-for-writing-only", 0200, 0700, CC_FILE_DENIED, CC_ERROR_DENIED, CC_ERROR_DENIED,
    "You may not read" },
  { "folder-closed", 0600, 0, CC_FILE_DENIED, CC_ERROR_DENIED, CC_ERROR_DENIED,
    "You may not read" },
  { "file-for-reading", 0400, 0700, CC_FILE_CASE_FILE, CC_ERROR_READ_ONLY, OPENS,
    "is protected against writing" },
  { "folder-for-reading", 0600, 0500, CC_FILE_CASE_FILE, CC_ERROR_READ_ONLY, OPENS,
    "The folder of" },
  { "both-for-reading", 0400, 0500, CC_FILE_CASE_FILE, CC_ERROR_READ_ONLY, OPENS, "The folder of" },
  { "log-left", 0600, 0500, CC_FILE_CASE_FILE, CC_ERROR_UNFINISHED, CC_ERROR_UNFINISHED,
    "Copy the file together", .unfinished = TRUE },
};

/* As a program that was killed leaves the file: copied while it is open. */
static void
leave_log (Fixture *fixture)
{
  static const char *const suffixes[] = { "", "-wal" };
  Victims                  victims = { 1, 10, { 0 } };
  char                    *bytes[2];
  gsize                    sizes[2];

  fixture_act (fixture, add_victims, &victims);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = fixture_sibling (fixture, suffixes[i]);

      g_assert_true (g_file_get_contents (path, &bytes[i], &sizes[i], NULL));
      g_assert_cmpuint (sizes[i], >, 0);
    }
  fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = fixture_sibling (fixture, suffixes[i]);

      g_assert_true (g_file_set_contents (path, bytes[i], (gssize) sizes[i], NULL));
      g_free (bytes[i]);
    }
}

static void
test_rights (Fixture *fixture, gconstpointer data)
{
  const Rights *self = data;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;

  if (self->unfinished)
    leave_log (fixture);
  fixture_close (fixture);
  before = look_around (fixture);
  give_rights (fixture->path, self->file);
  give_rights (fixture->folder, self->folder);
  g_assert_cmpint (cc_case_file_probe (fixture->path, &error), ==, self->kind);
  if (self->kind == CC_FILE_DENIED)
    check_error (error, CC_ERROR_DENIED, self->words);
  else
    g_assert_no_error (error);
  try (fixture, CC_OPEN_READ_WRITE, self->writing, self->words);
  try (fixture, CC_OPEN_READ_ONLY, self->reading, self->words);
  give_rights (fixture->folder, 0700);
  give_rights (fixture->path, 0600);
  after = look_around (fixture);
  check_same (before, after);
  /* With the rights back it opens as ever. */
  try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = fixture_sibling (fixture, "-other");
  g_autoptr (GError) error = NULL;

  fixture_close (fixture);
  give_rights (fixture->folder, 0500);
  g_assert_null (cc_case_file_create (other, PASSPHRASE, fixture->pack, "SEN", FALSE, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  give_rights (fixture->folder, 0700);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* ---- no locks ---- */

static const int lockless[] = { ENOLCK, EOPNOTSUPP, EINVAL, ENOSYS };

static void
try_without_locks (Fixture *fixture)
{
  g_autofree char *other = fixture_sibling (fixture, "-other");
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) before = look_around (fixture);
  g_autoptr (GHashTable) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lockless); i++)
    {
      place_forbid_locks (lockless[i]);
      try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_NO_LOCKS, "Copy it to a disk of this computer");
      /* SQLite waits before it gives up. */
      if (i == 0)
        try (fixture, CC_OPEN_READ_ONLY, CC_ERROR_NO_LOCKS, "Copy it to a disk of this computer");
      g_assert_null (cc_case_file_create (other, PASSPHRASE, fixture->pack, "SEN", FALSE, &error));
      check_error (error, CC_ERROR_NO_LOCKS, "Choose a folder on a disk of this computer");
      g_clear_error (&error);
    }
  place_forbid_locks (0);
  after = look_around (fixture);
  check_same (before, after);
}

static void
test_no_locks (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  place_set ((Place) GPOINTER_TO_INT (data));
  try_without_locks (fixture);
  place_set (PLACE_AS_IT_IS);
  try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
}

/* A mark that somebody's program left there is not taken away by whoever was refused. */
static void
test_mark_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = fixture_sibling (fixture, ".lock");

  fixture_close (fixture);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  try_without_locks (fixture);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  try (fixture, CC_OPEN_READ_WRITE, OPENS, NULL);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

/* ---- one who shares the file, with rights on both sides ---- */

/* In an office's folder the case file belongs to a group. Whoever opens it next must be able to ask
 * for the lock that another one has, or left. */
static void
test_shared (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = fixture_sibling (fixture, ".lock");
  struct stat      info;
  const mode_t     mask = umask (027);

  fixture_close (fixture);
  give_rights (fixture->path, 0660);
  fixture_open (fixture);
  g_assert_cmpint (stat (lock, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0660);
  fixture_close (fixture);
  give_rights (fixture->path, 0600);
  fixture_open (fixture);
  g_assert_cmpint (stat (lock, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  fixture_close (fixture);
  umask (mask);
}

/* A mark that may not be opened: the folder is not what hinders. */
static void
test_foreign_mark (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = fixture_sibling (fixture, ".lock");

  fixture_close (fixture);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));
  give_rights (lock, 0);
  try (fixture, CC_OPEN_READ_WRITE, CC_ERROR_LOCKED, "of another user");
  try (fixture, CC_OPEN_READ_ONLY, OPENS, NULL);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
}

/* ---- held by another program while we work ---- */

/* The place of SQLite's lock for writing in the file beside the log (WAL_WRITE_LOCK). */
static void
hold_writing (Fixture *fixture, gboolean hold)
{
  static int       fd = -1;
  g_autofree char *path = fixture_sibling (fixture, "-shm");
  struct flock request = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 120, .l_len = 1 };

  if (!hold)
    {
      /* The lock belongs to this opening of the file: SQLite's own locks stay. */
      close (fd);
      return;
    }
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &request), ==, 0);
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  Victims          victims = { 1, 10, { 0 } };
  g_autofree char *before = fixture_hash (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  hold_writing (fixture, TRUE);
  g_assert_false (cc_case_file_act (fixture->file, "test", add_victims, &victims, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_LOCKED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "in use by another program"));
  after = fixture_hash (fixture);
  g_assert_cmpstr (before, ==, after);
  hold_writing (fixture, FALSE);
  fixture_act (fixture, add_victims, &victims);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM victim"), ==, 10);
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/store/refused/" path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!obey_rights ())
    return 77;
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/refused/rights/%s", rights[i].name);

      g_test_add (path, Fixture, &rights[i], fixture_set_up, test_rights, fixture_tear_down);
    }
  ADD ("create", NULL, test_create);
  ADD ("no-locks/local", GINT_TO_POINTER (PLACE_AS_IT_IS), test_no_locks);
  ADD ("no-locks/network", GINT_TO_POINTER (PLACE_NETWORK), test_no_locks);
  ADD ("no-locks/unknown", GINT_TO_POINTER (PLACE_UNKNOWN), test_no_locks);
  ADD ("mark-kept", NULL, test_mark_kept);
  ADD ("shared", NULL, test_shared);
  ADD ("foreign-mark", NULL, test_foreign_mark);
  ADD ("held", NULL, test_held);
  return g_test_run ();
}
