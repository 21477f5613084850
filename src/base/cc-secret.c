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

CcSecret *
cc_secret_read_fd (int fd)
{
  CcSecret *line = cc_secret_alloc (MAX_LINE);
  gsize     length = 0;
  gboolean  any = FALSE;

  while (length < MAX_LINE - 1)
    {
      const gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      any = TRUE;
      if (line[length] == '\n')
        break;
      length++;
    }
  line[length] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  if (!any)
    g_clear_pointer (&line, cc_secret_free);
  return line;
}

CcSecret *
cc_secret_read_line (const char *path, GError **error)
{
  g_autoptr (CcSecret) line = NULL;
  const int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The file “%s” cannot be read (%s), so there is no passphrase.", path,
                   g_strerror (errno));
      return NULL;
    }
  line = cc_secret_read_fd (fd);
  close (fd);
  if (line != NULL && *line != '\0')
    return g_steal_pointer (&line);
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "The first line of “%s” is empty, but it should hold the passphrase.", path);
  return NULL;
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
