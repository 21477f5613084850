/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "opening-child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- in the test ---- */

static void
wait_for_line (Child *child)
{
  char byte = 0;

  while (byte != '\n')
    g_assert_cmpint (read (child->out, &byte, 1), ==, 1);
}

void
child_start (Child *child, const char *work, const char *path, Place place)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%d", place);
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { program, "--child", work, path, number, NULL };

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &child->pid, &child->in, &child->out, NULL, &error);
  g_assert_no_error (error);
  if (!g_str_has_prefix (work, "crash"))
    wait_for_line (child);
}

void
child_act (Child *child)
{
  g_assert_cmpint (write (child->in, "a", 1), ==, 1);
  wait_for_line (child);
}

static int
wait_for_end (Child *child)
{
  int status = 0;

  close (child->in);
  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  close (child->out);
  g_spawn_close_pid (child->pid);
  return status;
}

void
child_end (Child *child)
{
  g_assert_cmpint (wait_for_end (child), ==, 0);
}

void
child_crash (const char *work, const char *path, Place place)
{
  Child child;

  child_start (&child, work, path, place);
  g_assert_true (WIFSIGNALED (wait_for_end (&child)));
}

void
child_kill (Child *child)
{
  g_assert_cmpint (kill (child->pid, SIGKILL), ==, 0);
  g_assert_true (WIFSIGNALED (wait_for_end (child)));
}

/* ---- in the child ---- */

static void
tell (void)
{
  g_assert_cmpint (write (STDOUT_FILENO, "\n", 1), ==, 1);
}

static gboolean
is_asked (void)
{
  char byte;

  return read (STDIN_FILENO, &byte, 1) == 1;
}

/* The process ends in the middle of an act whose first pages are in the file already. */
static gboolean
crash_within (CcAct *act, gpointer data, GError **error)
{
  g_assert_true (
      cc_connection_execute (cc_act_get_connection (act), "PRAGMA cache_size = 10", NULL));
  g_assert_true (add_victims (act, data, error));
  return kill (getpid (), SIGKILL) == 0;
}

static void
work_on (const char *work, const char *path)
{
  const gboolean reads = strcmp (work, "read") == 0;
  Victims        victims = { 5000, 40, { 0 } };
  GError        *error = NULL;
  CcPack        *pack = cc_pack_load_default (NULL);
  CcCaseFile    *file = cc_case_file_open (path, PASSPHRASE, pack,
                                        reads ? CC_OPEN_READ_ONLY : CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  if (strcmp (work, "crash-journal") == 0)
    {
      victims.n = 700;
      cc_case_file_act (file, "test", crash_within, &victims, NULL, NULL);
    }
  if (strcmp (work, "crash-log") == 0)
    {
      g_assert_true (cc_case_file_act (file, "test", add_victims, &victims, NULL, NULL));
      (void) kill (getpid (), SIGKILL);
    }
  tell ();
  for (; is_asked (); victims.first += victims.n)
    {
      cc_case_file_act (file, "test", add_victims, &victims, NULL, &error);
      g_assert_no_error (error);
      tell ();
    }
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  cc_pack_unref (pack);
}

/* The bytes that SQLite locks. */
static void
hold_lock (const char *path)
{
  struct flock request = { .l_type = F_WRLCK,
                           .l_whence = SEEK_SET,
                           .l_start = 0x40000000,
                           .l_len = 512 };
  const int    fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fcntl (fd, F_SETLK, &request), ==, 0);
  tell ();
  (void) is_asked ();
  close (fd);
}

/* Somebody whose lock beside the file was taken meanwhile by chance still does not get in. */
static void
look_in_vain (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);

  g_assert_null (cc_case_file_open (path, PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_BUSY);
  tell ();
  (void) is_asked ();
}

void
child_run (int argc, char **argv)
{
  if (argc != 5 || strcmp (argv[1], "--child") != 0)
    return;
  place_set ((Place) atoi (argv[4]));
  if (strcmp (argv[2], "lock") == 0)
    hold_lock (argv[3]);
  else if (strcmp (argv[2], "look") == 0)
    look_in_vain (argv[3]);
  else
    work_on (argv[2], argv[3]);
  exit (0);
}
