/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-disk-private.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
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
  char       *folder; /* for folders, which are there or not and have nothing else */
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

static GMutex      lock;
static gint        watching;
static gint        on_network;
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
          node = node_new ();
          node->folder = g_strdup (path);
          g_hash_table_replace (names, g_strdup (path), node_ref (node));
          g_hash_table_replace (safe_names, g_steal_pointer (&path), node);
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

/* Also the folders that are lost. */
static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        g_unlink (path);
      else
        {
          remove_files (path);
          if (!g_hash_table_contains (safe_names, path))
            g_assert_cmpint (g_rmdir (path), ==, 0);
        }
    }
}

/* What was put safely into a folder goes with it. */
static gboolean
has_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_str_equal (folder, root)
         || (g_hash_table_contains (safe_names, folder) && has_folder (folder));
}

static void
write_file (const char *path, Node *node, FaultLoss loss, GRand *random)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, node->safe->data, node->safe->len);
  for (guint i = 0; loss != FAULT_LOSE_ALL && i < node->changes->len; i++)
    apply (bytes, g_ptr_array_index (node->changes, i), loss == FAULT_LOSE_SOME ? random : NULL);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL));
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

      if (node->folder == NULL && has_folder (l->data))
        write_file (l->data, node, loss, random);
    }
  fault_disk_forget ();
}

void
fault_disk_set_network (gboolean network)
{
  g_atomic_int_set (&on_network, network);
}

gboolean
fault_disk_is_network (void)
{
  return g_atomic_int_get (&on_network);
}

gboolean
fault_disk_has_file (int fd)
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
char *
fault_disk_get_path (const char *path)
{
  return g_atomic_int_get (&watching) ? find_path (path) : NULL;
}

void
fault_disk_note_open (int fd, const char *path, int flags)
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

void
fault_disk_note_close (int fd)
{
  if (!g_atomic_int_get (&watching))
    return;
  g_mutex_lock (&lock);
  g_hash_table_remove (files, GINT_TO_POINTER (fd));
  g_mutex_unlock (&lock);
}

/* offset: -1 for where the file stands after the call. */
void
fault_disk_note_write (int fd, gconstpointer data, gssize size, goffset offset)
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

void
fault_disk_note_truncate (int fd, goffset size)
{
  Node *node;

  g_mutex_lock (&lock);
  node = g_hash_table_lookup (files, GINT_TO_POINTER (fd));
  if (node != NULL)
    node_add (node, size, NULL, 0);
  g_mutex_unlock (&lock);
}

void
fault_disk_note_sync (int fd)
{
  Node *node;

  g_mutex_lock (&lock);
  node = g_hash_table_lookup (files, GINT_TO_POINTER (fd));
  if (node != NULL)
    node_sync (node);
  g_mutex_unlock (&lock);
}

void
fault_disk_note_folder (const char *path)
{
  Node *node = node_new ();

  node->folder = g_strdup (path);
  g_mutex_lock (&lock);
  note_name (NULL, g_strdup (path), node);
  g_mutex_unlock (&lock);
}

void
fault_disk_note_removed (const char *path)
{
  g_mutex_lock (&lock);
  note_name (g_strdup (path), NULL, NULL);
  g_mutex_unlock (&lock);
}

/* A name for the node of another one; the old name ends or not. */
void
fault_disk_note_other_name (const char *from, const char *to, gboolean ends)
{
  Node *node;

  g_mutex_lock (&lock);
  node = g_hash_table_lookup (names, from);
  node = node != NULL ? node_ref (node) : node_new ();
  note_name (ends ? g_strdup (from) : NULL, g_strdup (to), node);
  g_mutex_unlock (&lock);
}
