/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-vfs.h"
#include "fault-plan.h"
#include "steady.h"

#include <errno.h>
#include <glib.h>
#include <sqlite3.h>

typedef struct
{
  sqlite3_file  base;
  sqlite3_file *real; /* follows this in memory */
} FaultFile;

static sqlite3_vfs         fault_vfs;
static sqlite3_vfs        *real_vfs;
static sqlite3_io_methods  methods;
static sqlite3_mem_methods real_memory;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

/* Counts the call. Returns: SQLITE_OK, or the code it shall fail with */
static int
ask (FaultCalls call, int code)
{
  switch (fault_plan_ask (call))
    {
    case FAULT_PASS:
      return SQLITE_OK;
    case FAULT_FULL:
      errno = ENOSPC;
      return code == SQLITE_CANTOPEN ? code : SQLITE_FULL;
    default:
      errno = EIO;
      return code;
    }
}

/* Runs a call of the real VFS; what it calls in turn is not asked about again. */
#define FORWARD(result, call)                                                                      \
  do                                                                                               \
    {                                                                                              \
      fault_plan_enter ();                                                                         \
      result = (call);                                                                             \
      fault_plan_leave ();                                                                         \
    }                                                                                              \
  while (0)

static int
fault_close (sqlite3_file *file)
{
  int code;

  FORWARD (code, real_of (file)->pMethods->xClose (real_of (file)));
  return code;
}

static int
fault_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  int code = ask (FAULT_READ, SQLITE_IOERR_READ);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xRead (real_of (file), data, size, offset));
  return code;
}

static int
fault_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  const FaultHow how = fault_plan_ask (FAULT_WRITE);
  int            code = SQLITE_OK;

  if (how == FAULT_PASS || how == FAULT_SHORT)
    FORWARD (code,
             real_of (file)->pMethods->xWrite (real_of (file), data,
                                               how == FAULT_SHORT ? (size + 1) / 2 : size, offset));
  if (how != FAULT_PASS)
    errno = how == FAULT_FULL ? ENOSPC : EIO;
  if (how == FAULT_FULL)
    return SQLITE_FULL;
  return how == FAULT_PASS ? code : SQLITE_IOERR_WRITE;
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = ask (FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xTruncate (real_of (file), size));
  return code;
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  int code = ask (FAULT_SYNC, SQLITE_IOERR_FSYNC);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xSync (real_of (file), flags));
  return code;
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  int code = ask (FAULT_ASK, SQLITE_IOERR_FSTAT);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xFileSize (real_of (file), size));
  return code;
}

static int
fault_lock (sqlite3_file *file, int level)
{
  int code = ask (FAULT_LOCK, SQLITE_IOERR_LOCK);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xLock (real_of (file), level));
  return code;
}

/* Giving a lock back is what the end of the process would do: it does not fail. */
static int
fault_unlock (sqlite3_file *file, int level)
{
  int code;

  FORWARD (code, real_of (file)->pMethods->xUnlock (real_of (file), level));
  return code;
}

static int
fault_check_lock (sqlite3_file *file, int *held)
{
  int code = ask (FAULT_LOCK, SQLITE_IOERR_CHECKRESERVEDLOCK);

  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xCheckReservedLock (real_of (file), held));
  return code;
}

static int
fault_control (sqlite3_file *file, int operation, void *argument)
{
  int code;

  FORWARD (code, real_of (file)->pMethods->xFileControl (real_of (file), operation, argument));
  return code;
}

static int
fault_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
fault_properties (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
fault_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  int code = ask (FAULT_SHARED_MEMORY, SQLITE_IOERR_SHMMAP);

  *memory = NULL;
  if (code == SQLITE_OK)
    FORWARD (code,
             real_of (file)->pMethods->xShmMap (real_of (file), region, size, extend, memory));
  return code;
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  int code = SQLITE_OK;

  if ((flags & SQLITE_SHM_UNLOCK) == 0)
    code = ask (FAULT_LOCK, SQLITE_IOERR_SHMLOCK);
  if (code == SQLITE_OK)
    FORWARD (code, real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags));
  return code;
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int remove)
{
  int code;

  FORWARD (code, real_of (file)->pMethods->xShmUnmap (real_of (file), remove));
  return code;
}

/* Version 2 of the methods: without mapping of the database, so that each access is a call. */
static sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_lock,
  .xFileControl = fault_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_properties,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile     *self = (FaultFile *) file;
  const gboolean makes =
      (flags & SQLITE_OPEN_CREATE) != 0 && name != NULL && !g_file_test (name, G_FILE_TEST_EXISTS);
  int code = ask (makes ? FAULT_CREATE : FAULT_OPEN, SQLITE_CANTOPEN);

  self->base.pMethods = NULL;
  self->real = (sqlite3_file *) (self + 1);
  if (code == SQLITE_OK)
    FORWARD (code, real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags));
  if (code == SQLITE_OK)
    self->base.pMethods = &methods;
  return code;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  int code = ask (FAULT_DELETE, SQLITE_IOERR_DELETE);

  if (code == SQLITE_OK)
    FORWARD (code, real_vfs->xDelete (real_vfs, name, sync_folder));
  return code;
}

static int
fault_access (sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
  int code = ask (FAULT_ASK, SQLITE_IOERR_ACCESS);

  if (code == SQLITE_OK)
    FORWARD (code, real_vfs->xAccess (real_vfs, name, flags, answer));
  return code;
}

static void *
fault_malloc (int size)
{
  return fault_plan_ask (FAULT_ALLOCATE) == FAULT_PASS ? real_memory.xMalloc (size) : NULL;
}

static void *
fault_realloc (void *memory, int size)
{
  return fault_plan_ask (FAULT_ALLOCATE) == FAULT_PASS ? real_memory.xRealloc (memory, size) : NULL;
}

int __real_sqlite3_key (sqlite3 *db, const void *key, int size);
int __wrap_sqlite3_key (sqlite3 *db, const void *key, int size);

/* SQLCipher 4.6 reads through a null pointer where memory ends while it takes a key, on either side
 * of any call of ours: there the process ends as if it were killed, and nothing has been written.
 */
int
__wrap_sqlite3_key (sqlite3 *db, const void *key, int size)
{
  int code;

  fault_plan_spare_memory (TRUE);
  code = __real_sqlite3_key (db, key, size);
  fault_plan_spare_memory (FALSE);
  return code;
}

/* Nor can the first page be read without the piece of memory that SQLCipher 4.6 asks for once it
 * has both keys: its sqlcipher_cipher_ctx_copy() (src/sqlcipher.c) copies the whole context of
 * reading over that of writing, asks for memory for the passphrase, and where there is none returns
 * before it has replaced the text of the key, which both contexts now hold and free when the
 * connection is closed. No order of our calls goes round it: the copy is made at the first page
 * that is read or written. Nobody told it upstream; in 4.8 the contexts no longer keep that text.
 */
static void
spare_copy_of_keys (void)
{
  fault_plan_spare_next_memory ();
}

void
fault_vfs_install (void)
{
  sqlite3_mem_methods memory;

  g_return_if_fail (real_vfs == NULL);
  steady_tell_page_keys (spare_copy_of_keys);
  /* The store sets this, too, but only before the library is set up, which happens here. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real_memory), ==, SQLITE_OK);
  memory = real_memory;
  memory.xMalloc = fault_malloc;
  memory.xRealloc = fault_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &memory), ==, SQLITE_OK);
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.iVersion = MIN (fault_vfs.iVersion, 2);
  fault_vfs.szOsFile = real_vfs->szOsFile + (int) sizeof (FaultFile);
  fault_vfs.pNext = NULL;
  fault_vfs.zName = "fault";
  fault_vfs.xOpen = fault_open;
  fault_vfs.xDelete = fault_delete;
  fault_vfs.xAccess = fault_access;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}
