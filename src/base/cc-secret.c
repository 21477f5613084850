/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Bytes of a passphrase's line, its end included. */
#define MAX_LINE 4096

/* Of the order of bytes, in UTF-8. */
#define MARK "\xef\xbb\xbf"

/* Stands before what the caller gets; as large as the strictest alignment. */
typedef union
{
  gsize       size; /* of the whole mapping */
  long double alignment;
} Head;

/**
 * Allocates memory for a secret, filled with noughts. Each piece has pages of its own, so that
 * unlocking one does not unlock another.
 *
 * Returns: (transfer full): free with cc_secret_free ()
 */
gpointer
cc_secret_alloc (gsize size)
{
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  const gsize whole = (size + sizeof (Head) + page - 1) / page * page;
  Head       *head = mmap (NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (head == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", size);
  /* Where the system does not allow it the page may be swapped; encrypted swap is the remedy. */
  (void) mlock (head, whole);
  (void) madvise (head, whole, MADV_DONTDUMP);
  (void) madvise (head, whole, MADV_DONTFORK);
  head->size = whole;
  return head + 1;
}

/* Allows NULL. */
void
cc_secret_free (gpointer secret)
{
  Head *head;
  gsize whole;

  if (secret == NULL)
    return;
  head = (Head *) secret - 1;
  whole = head->size;
  explicit_bzero (head, whole);
  (void) munlock (head, whole);
  (void) munmap (head, whole);
}

CcSecret *
cc_secret_dup_text (const char *text)
{
  const gsize size = strlen (text) + 1;
  CcSecret   *secret = cc_secret_alloc (size);

  memcpy (secret, text, size);
  return secret;
}

/* size: (out): of what was read, as one line, bytes of 0 among it; MAX_LINE - 1: perhaps not all.
 * Returns: NULL where nothing could be read, with errno where that was a fault */
static CcSecret *
read_line (int fd, gsize *size)
{
  CcSecret *line = cc_secret_alloc (MAX_LINE);
  gsize     length = 0;
  gboolean  any = FALSE;

  errno = 0;
  while (length < MAX_LINE - 1)
    {
      const gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        {
          errno = 0;
          continue;
        }
      if (n <= 0)
        break;
      any = TRUE;
      if (line[length] == '\n')
        break;
      length++;
    }
  line[length] = '\0';
  *size = length;
  if (length > 0 && line[length - 1] == '\r')
    line[--*size] = '\0';
  if (!any)
    g_clear_pointer (&line, cc_secret_free);
  return line;
}

CcSecret *
cc_secret_read_fd (int fd)
{
  gsize     size;
  CcSecret *line = read_line (fd, &size);

  return line;
}

/* A passphrase that is not taken as it stands in the file would open nothing where it is typed. */
static gboolean
check_line (const char *line, gsize size, const char *path, int problem, GError **error)
{
  if (problem != 0)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "The file “%s” cannot be read (%s), so there is no passphrase.", path,
                 g_strerror (problem));
  else if (line == NULL || size == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "The first line of “%s” is empty, but it should hold the passphrase.", path);
  else if (size == MAX_LINE - 1)
    g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                 "The first line of “%s” is longer than a passphrase may be (%d letters). Nothing "
                 "was done.",
                 path, MAX_LINE - 2);
  else if (strlen (line) != size)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "The first line of “%s” holds bytes that are no letters, so it is not a "
                 "passphrase. Nothing was done. Save it anew as a plain text in UTF-8.",
                 path);
  else
    return TRUE;
  return FALSE;
}

CcSecret *
cc_secret_read_line (const char *path, GError **error)
{
  g_autoptr (CcSecret) line = NULL;
  gsize     size = 0;
  int       problem;
  const int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The file “%s” cannot be read (%s), so there is no passphrase.", path,
                   g_strerror (errno));
      return NULL;
    }
  line = read_line (fd, &size);
  problem = line == NULL ? errno : 0;
  close (fd);
  /* Editors of Windows begin a text with a mark that nobody sees or types. */
  if (size >= strlen (MARK) && strncmp (line, MARK, strlen (MARK)) == 0)
    {
      size -= strlen (MARK);
      memmove (line, line + strlen (MARK), size + 1);
    }
  if (!check_line (line, size, path, problem, error))
    return NULL;
  return g_steal_pointer (&line);
}

void
cc_secret_wipe (gpointer data, gsize size)
{
  explicit_bzero (data, size);
}

void
cc_secret_wipe_text (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
}

/* Of a text that g_malloc () made. */
void
cc_secret_free_text (char *text)
{
  cc_secret_wipe_text (text);
  g_free (text);
}

void
cc_secret_guard_process (void)
{
  const struct rlimit none = { 0, 0 };

  (void) setrlimit (RLIMIT_CORE, &none);
  (void) prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
