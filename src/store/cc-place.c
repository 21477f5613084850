/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-place.h>

#include "cc-case-file-private.h"
#include "cc-copy-private.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Magic numbers of statfs(2), some of which linux/magic.h of the oldest supported system lacks. On
 * these file systems one computer alone writes, and memory mapped by two programs is the same. */
static const guint32 local_systems[] = {
  EXT4_SUPER_MAGIC,      BTRFS_SUPER_MAGIC,      TMPFS_MAGIC,
  RAMFS_MAGIC,           F2FS_SUPER_MAGIC,       MSDOS_SUPER_MAGIC,
  OVERLAYFS_SUPER_MAGIC, SQUASHFS_MAGIC,         ISOFS_SUPER_MAGIC,
  ECRYPTFS_SUPER_MAGIC,  NILFS_SUPER_MAGIC,      REISERFS_SUPER_MAGIC,
  0x58465342 /* XFS */,  0x2011bab0 /* exFAT */, 0xca451a4e /* bcachefs */,
  0x3153464a /* JFS */,  0x2fc12fc1 /* ZFS */,   0x7366746e /* NTFS3 */,
  0x15013346 /* UDF */,  0xe0f5e1e2 /* EROFS */,
};

static const guint32 network_systems[] = {
  NFS_SUPER_MAGIC,  SMB_SUPER_MAGIC, NCP_SUPER_MAGIC, AFS_SUPER_MAGIC,
  CODA_SUPER_MAGIC, V9FS_MAGIC,      0xff534d42, /* CIFS */
  0xfe534d42,                                    /* SMB 2 and 3 */
  0x6b414653,                                    /* AFS of the kernel */
  0x00c36400,                                    /* Ceph */
  0x786f4256, /* folders shared with a virtual machine: VirtualBox, */
  0xbacbacbc, /* VMware */
  0x7c7c6673, /* and Parallels */
  0x0bd00bd0, /* Lustre */
  0x47504653, /* GPFS */
  0x19830326, /* BeeGFS */
  0x01161970, /* GFS2 */
  0x7461636f, /* OCFS2 */
};

static gboolean
is_one_of (guint32 magic, const guint32 *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (list[i] == magic)
      return TRUE;
  return FALSE;
}

/* What cannot be asked is not known. */
static CcPlaceKind
identify (const char *folder)
{
  struct statfs info;

  if (statfs (folder, &info) != 0)
    return CC_PLACE_UNKNOWN;
  if (is_one_of ((guint32) info.f_type, local_systems, G_N_ELEMENTS (local_systems)))
    return CC_PLACE_LOCAL;
  if (is_one_of ((guint32) info.f_type, network_systems, G_N_ELEMENTS (network_systems)))
    return CC_PLACE_NETWORK;
  return CC_PLACE_UNKNOWN;
}

gboolean
cc_place_is_local (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return identify (folder) == CC_PLACE_LOCAL;
}

gboolean
cc_place_has_log (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *log = g_strconcat (path, suffixes[i], NULL);
      struct stat      info;

      if (stat (log, &info) == 0 && info.st_size > 0)
        return TRUE;
    }
  return FALSE;
}

char *
cc_place_resolve (const char *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  char            *target = realpath (canonical, NULL);
  char            *resolved;

  if (target == NULL)
    return g_steal_pointer (&canonical);
  resolved = g_strdup (target);
  free (target);
  return resolved;
}

void
cc_place_look (const char *path, CcPlace *place)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *folder = g_path_get_dirname (resolved);

  place->kind = identify (folder);
  place->folder_writable = access (folder, W_OK | X_OK) == 0;
  place->file_writable = access (resolved, W_OK) == 0;
  place->unfinished = cc_place_has_log (resolved);
}

gboolean
cc_place_make_folder (const char *folder)
{
  g_autofree char *around = g_path_get_dirname (folder);
  gboolean         ok;
  int              problem;

  g_return_val_if_fail (folder != NULL, FALSE);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!g_file_test (around, G_FILE_TEST_IS_DIR) && !cc_place_make_folder (around))
    return FALSE;
  if (mkdir (folder, 0700) != 0)
    return errno == EEXIST && g_file_test (folder, G_FILE_TEST_IS_DIR);
  ok = cc_copy_sync_folder (folder, NULL);
  problem = errno;
  if (!ok)
    (void) rmdir (folder);
  errno = problem;
  return ok;
}
