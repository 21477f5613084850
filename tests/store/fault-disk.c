/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions below are defined under both their names; the header must not rename them. */
#undef _FILE_OFFSET_BITS

#include "fault-disk.h"
#include "fault-plan.h"

#include <glib/gstdio.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a disk writes whole or not at all, in bytes. */
#define SECTOR 512

/* One write, or a cut to a length. */
typedef struct
{
  goffset offset;
  GBytes *data; /* NULL: the file ends at offset */
} Change;

typedef struct
{
  grefcount   refs;
  char       *folder; /* for folders, of which only syncing matters */
  GByteArray *safe;   /* what a cut cannot take away */
  GPtrArray  *changes;
} Node;

/* A new name, a removed one, or both in one step: a renaming. */
typedef struct
{
  char *gone;
  char *path;
  Node *node; /* of path */
} NameChange;

G_STATIC_ASSERT (sizeof (off_t) == sizeof (goffset));

static GMutex      lock;
static gint        watching;
static char       *root;
static GHashTable *names;      /* path to Node, as the program sees them */
static GHashTable *safe_names; /* the same, as they would be after a cut */
static GPtrArray  *name_changes;
static GHashTable *files; /* file descriptor to Node */

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static Node *
node_new (void)
{
  Node *self = g_new0 (Node, 1);

  g_ref_count_init (&self->refs);
  self->safe = g_byte_array_new ();
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

static Node *
node_ref (Node *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

static void
node_unref (gpointer data)
{
  Node *self = data;

  if (self == NULL || !g_ref_count_dec (&self->refs))
    return;
  g_free (self->folder);
  g_byte_array_unref (self->safe);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static void
name_change_free (gpointer data)
{
  NameChange *self = data;

  g_free (self->gone);
  g_free (self->path);
  node_unref (self->node);
  g_free (self);
}

static void
node_add (Node *self, goffset offset, gconstpointer data, gsize size)
{
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  if (data != NULL)
    change->data = g_bytes_new (data, size);
  g_ptr_array_add (self->changes, change);
}

static void
reach (GByteArray *bytes, gsize size)
{
  const guint before = bytes->len;

  if (size <= before)
    return;
  g_byte_array_set_size (bytes, (guint) size);
  memset (bytes->data + before, 0, size - before);
}

/* Carries a change out on bytes. keep: (nullable): decides for each sector whether it arrived. */
static void
apply (GByteArray *bytes, const Change *change, GRand *keep)
{
  gsize         size;
  const guint8 *data;

  if (change->data == NULL)
    {
      if (keep != NULL && g_rand_boolean (keep))
        return;
      reach (bytes, (gsize) change->offset);
      g_byte_array_set_size (bytes, (guint) change->offset);
      return;
    }
  data = g_bytes_get_data (change->data, &size);
  for (gsize done = 0; done < size;)
    {
      const goffset at = change->offset + (goffset) done;
      const gsize   n = MIN (size - done, (gsize) (SECTOR - at % SECTOR));

      if (keep == NULL || g_rand_boolean (keep))
        {
          reach (bytes, (gsize) at + n);
          memcpy (bytes->data + at, data + done, n);
        }
      done += n;
    }
}

static void
name_change_apply (GHashTable *table, const NameChange *change)
{
  if (change->gone != NULL)
    g_hash_table_remove (table, change->gone);
  if (change->path != NULL)
    g_hash_table_replace (table, g_strdup (change->path), node_ref (change->node));
}

/* Takes all. */
static void
note_name (char *gone, char *path, Node *node)
{
  NameChange *change = g_new0 (NameChange, 1);

  change->gone = gone;
  change->path = path;
  change->node = node;
  name_change_apply (names, change);
  g_ptr_array_add (name_changes, change);
}

static gboolean
lies_in (const char *path, const char *folder)
{
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;

  return g_strcmp0 (parent, folder) == 0;
}

static void
node_sync (Node *self)
{
  if (self->folder == NULL)
    {
      for (guint i = 0; i < self->changes->len; i++)
        apply (self->safe, g_ptr_array_index (self->changes, i), NULL);
      g_ptr_array_set_size (self->changes, 0);
      return;
    }
  for (guint i = 0; i < name_changes->len;)
    {
      const NameChange *change = g_ptr_array_index (name_changes, i);

      if (lies_in (change->gone, self->folder) || lies_in (change->path, self->folder))
        {
          name_change_apply (safe_names, change);
          g_ptr_array_remove_index (name_changes, i);
        }
      else
        i++;
    }
}

/* Returns: (transfer full) (nullable): the path in the watched folder, NULL elsewhere */
static char *
find_path (const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);

  if (g_str_has_prefix (whole, root)
      && (whole[strlen (root)] == '/' || whole[strlen (root)] == '\0'))
    return g_steal_pointer (&whole);
  return NULL;
}

static void
read_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            size;
      Node            *node;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          read_folder (path);
          continue;
        }
      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      node = node_new ();
      g_byte_array_append (node->safe, (guint8 *) bytes, (guint) size);
      g_hash_table_replace (names, g_strdup (path), node_ref (node));
      g_hash_table_replace (safe_names, g_steal_pointer (&path), node);
    }
}

/* Begins to note what happens in a folder. What is there now counts as safely on the disk; files
 * that are open now are not followed. */
void
fault_disk_watch (const char *folder)
{
  fault_disk_forget ();
  root = g_canonicalize_filename (folder, NULL);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_unref);
  safe_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_unref);
  files = g_hash_table_new_full (NULL, NULL, NULL, node_unref);
  name_changes = g_ptr_array_new_with_free_func (name_change_free);
  read_folder (root);
  g_atomic_int_set (&watching, 1);
}

void
fault_disk_forget (void)
{
  g_atomic_int_set (&watching, 0);
  g_clear_pointer (&names, g_hash_table_unref);
  g_clear_pointer (&safe_names, g_hash_table_unref);
  g_clear_pointer (&files, g_hash_table_unref);
  g_clear_pointer (&name_changes, g_ptr_array_unref);
  g_clear_pointer (&root, g_free);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_files (path);
      else
        g_unlink (path);
    }
}

/* Makes the folder look as it may after the cut, and ends the watch. Nobody may have its files
 * open. The same seed gives the same loss. */
void
fault_disk_crash (FaultLoss loss, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GList) paths = NULL;
  guint n_names = 0;

  g_atomic_int_set (&watching, 0);
  if (loss == FAULT_LOSE_NONE)
    n_names = name_changes->len;
  else if (loss == FAULT_LOSE_SOME && name_changes->len > 0)
    n_names = (guint) g_rand_int_range (random, 0, (gint32) name_changes->len + 1);
  for (guint i = 0; i < n_names; i++)
    name_change_apply (safe_names, g_ptr_array_index (name_changes, i));
  remove_files (root);
  paths = g_list_sort (g_hash_table_get_keys (safe_names), (GCompareFunc) strcmp);
  for (GList *l = paths; l != NULL; l = l->next)
    {
      Node *node = g_hash_table_lookup (safe_names, l->data);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, node->safe->data, node->safe->len);
      for (guint i = 0; loss != FAULT_LOSE_ALL && i < node->changes->len; i++)
        apply (bytes, g_ptr_array_index (node->changes, i),
               loss == FAULT_LOSE_SOME ? random : NULL);
      g_assert_true (
          g_file_set_contents (l->data, (const char *) bytes->data, (gssize) bytes->len, NULL));
    }
  fault_disk_forget ();
}

/* ---- the C library's functions ---- */

#define REAL(name)                                                                                 \
  static __typeof__ (&name) real;                                                                  \
  if (real == NULL)                                                                                \
  real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

/* Asks the plan, unless SQLite's VFS did. Returns: FALSE with errno where the call fails */
static gboolean
may (FaultCalls call, FaultHow *how)
{
  *how = fault_plan_is_inside () ? FAULT_PASS : fault_plan_ask (call);
  if (*how == FAULT_PASS || (*how == FAULT_SHORT && call == FAULT_WRITE))
    return TRUE;
  errno = *how == FAULT_FULL ? ENOSPC : EIO;
  return FALSE;
}

static gboolean
is_watched_file (int fd)
{
  gboolean found;

  if (!g_atomic_int_get (&watching))
    return FALSE;
  g_mutex_lock (&lock);
  found = g_hash_table_contains (files, GINT_TO_POINTER (fd));
  g_mutex_unlock (&lock);
  return found;
}

/* Returns: (transfer full) (nullable) */
static char *
get_watched_path (const char *path)
{
  return g_atomic_int_get (&watching) ? find_path (path) : NULL;
}

static void
note_open (int fd, char *path, int flags)
{
  struct stat info;
  Node       *node;
  const int   problem = errno;

  g_mutex_lock (&lock);
  node = g_hash_table_lookup (names, path);
  if (fstat (fd, &info) == 0 && S_ISDIR (info.st_mode))
    {
      node = node_new ();
      node->folder = g_strdup (path);
    }
  else if (node == NULL)
    {
      node = node_new ();
      note_name (NULL, g_strdup (path), node_ref (node));
    }
  else
    {
      node_ref (node);
      if ((flags & O_TRUNC) != 0)
        node_add (node, 0, NULL, 0);
    }
  g_hash_table_replace (files, GINT_TO_POINTER (fd), node);
  g_mutex_unlock (&lock);
  errno = problem;
}

static int
open_with (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  g_autofree char *watched = get_watched_path (path);
  FaultHow         how;
  int              fd;

  if (watched != NULL && !may (FAULT_OPEN, &how))
    return -1;
  fd = real (path, flags, mode);
  if (fd >= 0 && watched != NULL)
    note_open (fd, watched, flags);
  return fd;
}

static mode_t
take_mode (int flags, va_list args)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t) va_arg (args, int) : 0;
}

int
open (const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  REAL (open);
  va_start (args, flags);
  mode = take_mode (flags, args);
  va_end (args);
  return open_with (real, path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list args;
  mode_t  mode;

  REAL (open64);
  va_start (args, flags);
  mode = take_mode (flags, args);
  va_end (args);
  return open_with (real, path, flags, mode);
}

int
close (int fd)
{
  REAL (close);
  if (g_atomic_int_get (&watching))
    {
      g_mutex_lock (&lock);
      g_hash_table_remove (files, GINT_TO_POINTER (fd));
      g_mutex_unlock (&lock);
    }
  return real (fd);
}

/* offset: -1 for where the file stands after the call. */
static void
note_write (int fd, gconstpointer data, gssize size, goffset offset)
{
  const int problem = errno;
  Node     *node;

  if (size <= 0)
    return;
  if (offset < 0)
    offset = lseek (fd, 0, SEEK_CUR) - size;
  g_mutex_lock (&lock);
  node = g_hash_table_lookup (files, GINT_TO_POINTER (fd));
  if (node != NULL)
    node_add (node, offset, data, (gsize) size);
  g_mutex_unlock (&lock);
  errno = problem;
}

ssize_t
write (int fd, const void *data, size_t size)
{
  FaultHow how = FAULT_PASS;
  ssize_t  n;

  REAL (write);
  if (!is_watched_file (fd))
    return real (fd, data, size);
  if (!may (FAULT_WRITE, &how))
    return -1;
  n = real (fd, data, how == FAULT_SHORT ? (size + 1) / 2 : size);
  note_write (fd, data, n, -1);
  return n;
}

static ssize_t
pwrite_with (ssize_t (*real) (int, const void *, size_t, goffset),
             int         fd,
             const void *data,
             size_t      size,
             goffset     offset)
{
  FaultHow how = FAULT_PASS;
  ssize_t  n;

  if (!is_watched_file (fd))
    return real (fd, data, size, offset);
  if (!may (FAULT_WRITE, &how))
    return -1;
  n = real (fd, data, how == FAULT_SHORT ? (size + 1) / 2 : size, offset);
  note_write (fd, data, n, offset);
  return n;
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  REAL (pwrite);
  return pwrite_with (real, fd, data, size, offset);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  REAL (pwrite64);
  return pwrite_with (real, fd, data, size, offset);
}

static int
truncate_with (int (*real) (int, goffset), int fd, goffset size)
{
  FaultHow how;
  int      code;

  if (!is_watched_file (fd))
    return real (fd, size);
  if (!may (FAULT_TRUNCATE, &how))
    return -1;
  code = real (fd, size);
  if (code == 0)
    {
      Node *node;

      g_mutex_lock (&lock);
      node = g_hash_table_lookup (files, GINT_TO_POINTER (fd));
      node_add (node, size, NULL, 0);
      g_mutex_unlock (&lock);
    }
  return code;
}

int
ftruncate (int fd, off_t size)
{
  REAL (ftruncate);
  return truncate_with (real, fd, size);
}

int
ftruncate64 (int fd, off64_t size)
{
  REAL (ftruncate64);
  return truncate_with (real, fd, size);
}

static int
sync_with (int (*real) (int), int fd)
{
  FaultHow how;
  int      code;

  if (!is_watched_file (fd))
    return real (fd);
  if (!may (FAULT_SYNC, &how))
    return -1;
  /* What the disk would have is known here; to wait for the real one would only take time. */
  code = 0;
  g_mutex_lock (&lock);
  node_sync (g_hash_table_lookup (files, GINT_TO_POINTER (fd)));
  g_mutex_unlock (&lock);
  return code;
}

int
fsync (int fd)
{
  REAL (fsync);
  return sync_with (real, fd);
}

int
fdatasync (int fd)
{
  REAL (fdatasync);
  return sync_with (real, fd);
}

int
unlink (const char *path)
{
  g_autofree char *watched = get_watched_path (path);
  FaultHow         how;
  int              code;

  REAL (unlink);
  if (watched != NULL && !may (FAULT_DELETE, &how))
    return -1;
  code = real (path);
  if (code == 0 && watched != NULL)
    {
      g_mutex_lock (&lock);
      note_name (g_steal_pointer (&watched), NULL, NULL);
      g_mutex_unlock (&lock);
    }
  return code;
}

/* A name for the node of another one; the old name ends or not. */
static void
note_other_name (const char *from, const char *to, gboolean ends)
{
  Node *node;

  g_mutex_lock (&lock);
  node = g_hash_table_lookup (names, from);
  node = node != NULL ? node_ref (node) : node_new ();
  note_name (ends ? g_strdup (from) : NULL, g_strdup (to), node);
  g_mutex_unlock (&lock);
}

int
rename (const char *from, const char *to)
{
  g_autofree char *watched = get_watched_path (from);
  g_autofree char *target = get_watched_path (to);
  FaultHow         how;
  int              code;

  REAL (rename);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from, to);
  if (code == 0 && watched != NULL && target != NULL)
    note_other_name (watched, target, TRUE);
  return code;
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  g_autofree char *watched = get_watched_path (from);
  g_autofree char *target = get_watched_path (to);
  FaultHow         how;
  int              code;

  REAL (renameat2);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from_folder, from, to_folder, to, flags);
  if (code == 0 && watched != NULL && target != NULL)
    note_other_name (watched, target, TRUE);
  return code;
}

int
link (const char *from, const char *to)
{
  g_autofree char *watched = get_watched_path (from);
  g_autofree char *target = get_watched_path (to);
  FaultHow         how;
  int              code;

  REAL (link);
  if ((watched != NULL || target != NULL) && !may (FAULT_RENAME, &how))
    return -1;
  code = real (from, to);
  if (code == 0 && watched != NULL && target != NULL)
    note_other_name (watched, target, FALSE);
  return code;
}

/* Copies inside the kernel are refused, so that the caller writes what can be noted. */
#define REFUSE_COPY(fd)                                                                            \
  if (is_watched_file (fd))                                                                        \
    {                                                                                              \
      errno = EINVAL;                                                                              \
      return -1;                                                                                   \
    }

ssize_t
splice (int in, off64_t *in_offset, int out, off64_t *out_offset, size_t size, unsigned flags)
{
  REAL (splice);
  REFUSE_COPY (out)
  return real (in, in_offset, out, out_offset, size, flags);
}

ssize_t
copy_file_range (int      in,
                 off64_t *in_offset,
                 int      out,
                 off64_t *out_offset,
                 size_t   size,
                 unsigned flags)
{
  REAL (copy_file_range);
  REFUSE_COPY (out)
  return real (in, in_offset, out, out_offset, size, flags);
}

ssize_t
sendfile (int out, int in, off_t *offset, size_t size)
{
  REAL (sendfile);
  REFUSE_COPY (out)
  return real (out, in, offset, size);
}
