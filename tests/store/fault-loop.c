/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-loop.h"

#include <cc/base/cc-error.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-vfs.h"
#include "steady.h"

/* Tries of one operation in one way of failing, spread over all its calls, in the daily run. The
 * variable CASECOUNT_FAULT_TRIES sets another number; 0 lets each call fail once. With "places" the
 * calls for memory, which are hundreds of thousands, fail the first, the middle and the last time
 * that each place of the program (the functions that led to it) asks for some. Where a run ended
 * before its time, CASECOUNT_FAULT_FROM names the call to go on with. */
#define DAILY_TRIES 3

/* One way of failing. */
typedef struct
{
  const char *name;
  FaultCalls  calls;
  FaultHow    how;
  gboolean    lasting;
  FaultLoss   loss; /* of FAULT_CUT */
} Way;

static const Way ways[] = {
  { "error", FAULT_ALL_CALLS, FAULT_ERROR, FALSE, FAULT_LOSE_NONE },
  /* But removing works: what cannot be removed either stays, whatever the program does. */
  { "lasting-error", FAULT_ALL_CALLS & ~FAULT_DELETE, FAULT_ERROR, TRUE, FAULT_LOSE_NONE },
  { "full", FAULT_WRITE | FAULT_CREATE, FAULT_FULL, TRUE, FAULT_LOSE_NONE },
  { "short", FAULT_WRITE, FAULT_SHORT, FALSE, FAULT_LOSE_NONE },
  { "memory", FAULT_ALLOCATE, FAULT_ERROR, FALSE, FAULT_LOSE_NONE },
  { "lasting-memory", FAULT_ALLOCATE, FAULT_ERROR, TRUE, FAULT_LOSE_NONE },
  { "cut", FAULT_ALL_WRITING, FAULT_CUT, TRUE, FAULT_LOSE_SOME },
  { "cut-all", FAULT_ALL_WRITING, FAULT_CUT, TRUE, FAULT_LOSE_ALL },
  { "cut-none", FAULT_ALL_WRITING, FAULT_CUT, TRUE, FAULT_LOSE_NONE },
  { "cut-names", FAULT_ALL_WRITING, FAULT_CUT, TRUE, FAULT_LOSE_NAMES },
};

typedef struct
{
  const FaultOperation *operation;
  const Way            *way;
} Case;

/* What was found after a try. */
typedef enum
{
  STATE_OLD,
  STATE_NEW,
  STATE_NEW_UNTOLD, /* the act was done, and told as failed: the answer was what failed */
  N_STATES
} State;

static CcPack    *the_pack;
static char      *base;
static gsize      base_size;
static char      *base_hash;
static GPtrArray *cases;

static char *
read_hash (CcCaseFile *file)
{
  g_autoptr (GError) error = NULL;
  char *hash = cc_case_file_content_hash (file, &error);

  g_assert_no_error (error);
  return hash;
}

static void
empty_folder (const char *folder, gboolean all)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        empty_folder (path, TRUE);
      else
        g_unlink (path);
    }
  if (all)
    g_rmdir (folder);
}

void
fault_loop_init (CcPack *pack, void (*fill) (CcCaseFile *file))
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("casecount-fault-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autoptr (CcCaseFile) file = NULL;

  fault_vfs_install ();
  the_pack = pack;
  cases = g_ptr_array_new_with_free_func (g_free);
  file = cc_case_file_create (path, FAULT_PASSPHRASE, pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  fill (file);
  base_hash = read_hash (file);
  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &base, &base_size, &error));
  empty_folder (folder, TRUE);
}

void
fault_loop_free (void)
{
  g_free (base);
  g_free (base_hash);
  g_ptr_array_unref (cases);
}

/* An error must be of ours and say something to a person; that a disk is full, where it is. */
static void
check_error (GError *error, const Way *way)
{
  g_assert_nonnull (error);
  if (error->domain != CC_ERROR)
    g_error ("the error is none of ours: %s", error->message);
  if (strlen (error->message) < 40 || !g_str_has_suffix (error->message, ".")
      || strstr (error->message, "SQL") != NULL || strstr (error->message, "errno") != NULL)
    g_error ("the error says nothing to a person: %s", error->message);
  if (way->how == FAULT_FULL
      && (!g_error_matches (error, CC_ERROR, CC_ERROR_NO_SPACE)
          || (strstr (error->message, "full") == NULL && strstr (error->message, "space") == NULL)))
    g_error ("the error does not say that the disk is full: %s", error->message);
}

static void
try_begin (FaultTry *self, const FaultOperation *operation)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;
  gsize            stored_size;

  self->pack = the_pack;
  self->passphrase = FAULT_PASSPHRASE;
  self->folder = g_dir_make_tmp ("casecount-fault-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "count.casecount", NULL);
  steady_derive_fully (operation->stored != NULL);
  if (operation->stored != NULL)
    g_assert_true (g_file_get_contents (operation->stored, &stored, &stored_size, &error));
  if (stored != NULL)
    g_assert_true (g_file_set_contents (self->path, stored, (gssize) stored_size, &error));
  else if (!operation->absent)
    g_assert_true (g_file_set_contents (self->path, base, (gssize) base_size, &error));
  fault_disk_set_network (operation->network);
  fault_disk_watch (self->folder);
  if (!operation->absent && !operation->closed)
    self->file =
        cc_case_file_open (self->path, self->passphrase, self->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  if (operation->prepare != NULL)
    operation->prepare (self);
  if (operation->prepare != NULL && self->file != NULL)
    self->old_hash = read_hash (self->file);
  else
    self->old_hash = g_strdup (base_hash);
}

static void
try_end (FaultTry *self)
{
  fault_disk_forget ();
  empty_folder (self->folder, TRUE);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->extra);
  g_free (self->old_hash);
  g_free (self->damaged);
}

/* What nobody could clear away after a cut: a half written copy, and the mark of who had a file
 * open, which the next one to open it for writing takes over. */
static gboolean
is_left_by_cut (const char *name)
{
  return strstr (name, ".part") != NULL || strstr (name, ".repair") != NULL
         || g_str_has_suffix (name, ".lock");
}

/* A name that is not the file's, the operation's own or a backup's is a stray one. */
static void
check_strays_in (FaultTry *self, const char *folder, gboolean after_cut)
{
  const gboolean is_top = g_str_equal (folder, self->folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_strays_in (self, path, after_cut);
      else if (is_top ? !g_str_equal (path, self->path) && g_strcmp0 (path, self->extra) != 0
                            && !(after_cut && is_left_by_cut (name))
                      : !after_cut && !g_str_has_suffix (name, ".casecount")
                            && !g_str_has_suffix (name, ".beginning"))
        g_error ("“%s” was left behind", name);
    }
}

static void
check_strays (FaultTry *self, gboolean after_cut)
{
  check_strays_in (self, self->folder, after_cut);
}

/* Opens the file as the next session would. Returns: its content hash */
static char *
examine (FaultTry *self, gboolean may_be_new)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  CcCaseFile *file;
  char       *hash;

  file = cc_case_file_open (self->path, may_be_new ? self->passphrase : FAULT_PASSPHRASE,
                            self->pack, CC_OPEN_READ_WRITE, &error);
  if (file == NULL && may_be_new && g_error_matches (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    {
      g_clear_error (&error);
      file =
          cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, &error);
    }
  g_assert_no_error (error);
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  hash = read_hash (file);
  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
  return hash;
}

/* Of one format or the other, and whole before anybody writes to it again. */
static void
examine_older (FaultTry *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_ONLY, &error);

  /* What a cut left half written is taken back only where it may be written. */
  if (g_error_matches (error, CC_ERROR, CC_ERROR_UNFINISHED))
    return;
  g_assert_no_error (error);
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* After a cut an empty or half file may lie where one was being made. */
static gboolean
passes_for_case_file (FaultTry *self, const Way *way)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (self->path, self->passphrase, self->pack, CC_OPEN_READ_ONLY, &error);

  if (file == NULL)
    check_error (error, way);
  return file != NULL;
}

/* A file that did not open is as it was, to the last byte, or it is mended. */
static gboolean
is_still_damaged (FaultTry *self)
{
  g_autofree char *bytes = NULL;
  gsize            size;

  return self->damaged != NULL && g_file_get_contents (self->path, &bytes, &size, NULL)
         && size == self->damaged_size && memcmp (bytes, self->damaged, size) == 0;
}

/* After the operation: closes, lets the power go, opens again, compares. */
static void
check_after (FaultTry             *self,
             const FaultOperation *operation,
             const Way            *way,
             gboolean              ok,
             const char           *new_hash,
             guint                 n,
             guint                 found[N_STATES])
{
  g_autofree char *hash = NULL;

  if (way->how == FAULT_CUT)
    fault_disk_crash (way->loss, n);
  if (operation->absent && !ok && way->how != FAULT_CUT)
    {
      g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
      check_strays (self, way->how == FAULT_CUT);
      found[STATE_OLD]++;
      return;
    }
  if (operation->absent && !ok && !passes_for_case_file (self, way))
    {
      found[STATE_OLD]++;
      return;
    }
  if (!ok && is_still_damaged (self))
    {
      if (operation->check != NULL)
        operation->check (self, ok);
      check_strays (self, way->how == FAULT_CUT);
      found[STATE_OLD]++;
      return;
    }
  if (operation->stored != NULL)
    examine_older (self);
  hash = examine (self, TRUE);
  /* Opening brings an older file to the newest format once more, where that failed. */
  if (operation->stored != NULL)
    g_assert_cmpstr (hash, ==, new_hash);
  else if (operation->absent)
    g_assert_true (hash != NULL);
  else if (ok)
    g_assert_cmpstr (hash, ==, new_hash);
  else if (g_strcmp0 (hash, self->old_hash) != 0)
    g_assert_cmpstr (hash, ==, new_hash);
  if (ok)
    found[STATE_NEW]++;
  else if (operation->stored != NULL || g_strcmp0 (hash, self->old_hash) == 0)
    found[STATE_OLD]++;
  else
    found[STATE_NEW_UNTOLD]++;
  if (operation->check != NULL)
    operation->check (self, ok);
  check_strays (self, way->how == FAULT_CUT);
}

/* Returns: whether the planned failure came */
static gboolean
try_once (const Case *what,
          guint       n,
          const char *new_hash,
          guint      *n_calls,
          char      **hash,
          guint       found[N_STATES])
{
  const FaultOperation *operation = what->operation;
  const Way            *way = what->way;
  FaultTry              self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) closing = NULL;
  gboolean ok;
  gboolean happened;

  try_begin (&self, operation);
  if (operation->new_passphrase != NULL)
    self.passphrase = operation->new_passphrase;
  fault_plan_arm (way->calls, way->how, n, way->lasting);
  ok = operation->run (&self, &error);
  /* A full disk stays full, and a cut off machine off, until the program has ended. */
  if (!way->lasting || n == 0)
    *n_calls = fault_plan_disarm (&happened);
  if (!ok)
    check_error (error, way);
  if (ok && n == 0)
    *hash = self.file != NULL ? read_hash (self.file) : g_strdup (self.old_hash);
  if (self.file != NULL)
    {
      if (!cc_case_file_close (self.file, &closing))
        check_error (closing, way);
      g_clear_pointer (&self.file, cc_case_file_free);
    }
  if (way->lasting && n > 0)
    *n_calls = fault_plan_disarm (&happened);
  if (n == 0)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
    }
  if (n == 0 && operation->settles)
    {
      g_free (*hash);
      *hash = examine (&self, TRUE);
    }
  check_after (&self, operation, way, ok, new_hash != NULL ? new_hash : *hash, n, found);
  try_end (&self);
  return happened;
}

/* How many calls lie between two tries. */
static guint
choose_step (const char *wanted, guint n_calls)
{
  const guint tries = wanted != NULL ? (guint) atoi (wanted) : DAILY_TRIES;

  return tries > 0 ? MAX (1, n_calls / tries) : 1;
}

/* Which calls shall fail, one a try. Returns: (element-type guint) */
static GArray *
choose_calls (const Case *what, guint step, guint n_calls)
{
  GArray *calls = g_array_new (FALSE, FALSE, sizeof (guint));

  /* Each way begins at another call of the first stretch. */
  for (guint n = 1 + (n_calls + (guint) what->way->how) % step; n <= n_calls; n += step)
    g_array_append_val (calls, n);
  return calls;
}

static void
run_case (gconstpointer data)
{
  const Case    *what = data;
  const char    *wanted = g_getenv ("CASECOUNT_FAULT_TRIES");
  const char    *from = g_getenv ("CASECOUNT_FAULT_FROM");
  const guint    first = from != NULL ? (guint) atoi (from) : 0;
  const gboolean by_place = g_strcmp0 (wanted, "places") == 0 && what->way->calls == FAULT_ALLOCATE;
  g_autofree char *new_hash = NULL;
  g_autoptr (GArray) calls = NULL;
  guint    found[N_STATES] = { 0 };
  guint    n_calls = 0;
  guint    n_tries = 0;
  guint    step, ignored;
  gboolean happened = TRUE;

  if (by_place)
    fault_plan_note_places ();
  try_once (what, 0, NULL, &n_calls, &new_hash, found);
  step = choose_step (wanted, n_calls);
  calls = by_place ? fault_plan_take_places () : choose_calls (what, step, n_calls);
  memset (found, 0, sizeof found);
  for (guint i = 0; i < calls->len; i++)
    {
      const guint n = g_array_index (calls, guint, i);

      if (n < first)
        continue;
      n_tries++;
      if (g_test_verbose ())
        g_test_message ("%u of %u", n, n_calls);
      /* A try may have some calls fewer than that without a failure, or more. */
      if (!try_once (what, n, new_hash, &ignored, &(char *){ NULL }, found))
        break;
    }
  /* Closing the file has calls of its own. */
  for (guint n = n_calls + 1; happened; n += step, n_tries++)
    happened = try_once (what, n, new_hash, &ignored, &(char *){ NULL }, found);
  g_test_message ("%u calls, %u tries: the old state %u times, the new one %u, %u of them told as "
                  "failed",
                  n_calls, n_tries, found[STATE_OLD], found[STATE_NEW] + found[STATE_NEW_UNTOLD],
                  found[STATE_NEW_UNTOLD]);
}

/* One test for each way of failing: PREFIX/NAME/WAY. */
void
fault_loop_add (const char *prefix, const FaultOperation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, operation->name, ways[i].name);
      Case            *what;

      /* SQLite 3.46 reads through a null pointer in its quick_check where memory has ended for
       * good: there the process ends as if it were killed, which test-kill.c has. */
      if (operation->examines && ways[i].calls == FAULT_ALLOCATE && ways[i].lasting)
        continue;
      what = g_new0 (Case, 1);
      what->operation = operation;
      what->way = &ways[i];
      g_ptr_array_add (cases, what);
      g_test_add_data_func (path, what, run_case);
    }
}
