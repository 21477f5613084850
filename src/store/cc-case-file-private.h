/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>
#include <cc/store/cc-case-file.h>
#include <cc/store/cc-place.h>

#include "cc-connection-private.h"
#include "cc-schema-private.h"

G_BEGIN_DECLS

typedef struct _CcFileLock   CcFileLock;
typedef struct _CcReaderPool CcReaderPool;
typedef struct _CcUnitPlan   CcUnitPlan;
typedef struct _CcWriter     CcWriter;

struct _CcCaseFile
{
  char         *path;
  char         *name; /* last part of the path, for messages */
  CcPack       *pack;
  CcKey        *key;
  CcFileLock   *lock;
  gboolean      lock_is_held; /* by whoever opened it, who is making it */
  CcDictionary *dictionary;
  CcUnitPlan  **plans; /* by unit's index in the pack; NULL for units without a table */
  CcReaderPool *readers;
  CcWriter     *writer; /* NULL when open for reading only */
  char         *country;
  char         *cipher;
  gboolean      practice;
  gboolean      unnamed; /* in the making, under a name that will not stay */
  int           schema_version;
  int           opened_version;  /* the format it was found in */
  int           outdated;        /* another pack was installed: to be opened again */
  gint64        no_value_ids[5]; /* code ids by CcNoValue; the first is 0 */
  guint8        record_secret[CC_KEY_SIZE];
  char         *family; /* see cc_family_read () */
  GMutex        watch_lock;
  CcConnection *watcher;       /* under the lock: looks whether others changed the file */
  gint64        data_version;  /* under the lock: of that connection */
  char         *pack_checksum; /* as it stood in the file that is open for reading */
  guint64       device;        /* the file that was opened, to know whether another one took its */
  guint64       inode;         /* place */
  GMutex        user_lock;
  char         *user; /* self-declared name that acts are signed with */
  gpointer      kept; /* see cc_case_file_swap_kept () */
  void (*free_kept) (gpointer kept);
};

/* Lock of the writer: FILE.lock beside the file. */
/* For writing, where the caller made the file and holds its lock. Errors as cc_case_file_open ().
 */
CcCaseFile *
cc_case_file_open_locked (const char *path, const char *passphrase, CcPack *pack, GError **error);

CcFileLock *cc_file_lock_take (const char *path, gboolean exclusive, GError **error);
void        cc_file_lock_free (CcFileLock *self);
gboolean    cc_file_lock_is_possible (const char *path);

/* FALSE also where it cannot be told: write-ahead logging needs shared memory between programs. */
gboolean cc_place_is_local (const char *path);
gboolean cc_place_has_log (const char *path);

/* older: the file is of an older format and stays so: readers are prepared for that. writes: this
 * process has it open for writing. */
CcReaderPool          *
cc_reader_pool_new (const char *path, const CcKey *key, gboolean older, gboolean writes);
void     cc_reader_pool_free (CcReaderPool *self);
gboolean cc_reader_pool_is_idle (CcReaderPool *self);
void     cc_reader_pool_drain (CcReaderPool *self);
gboolean cc_reader_pool_pause (CcReaderPool *self, gint64 timeout);
void     cc_reader_pool_resume (CcReaderPool *self);

CcWriter     *cc_writer_new (CcCaseFile *file, CcConnection *connection);
CcConnection *cc_writer_get_connection (CcWriter *self);
void          cc_writer_set_connection (CcWriter *self, CcConnection *connection);
void          cc_writer_stop (CcWriter *self);
void          cc_writer_free (CcWriter *self);

/* Work on the writing connection that cannot stand in a transaction. */
typedef gboolean (*CcPlainFunc) (CcCaseFile   *file,
                                 CcConnection *connection,
                                 gpointer      data,
                                 GError      **error);
gboolean cc_writer_run_plain (CcCaseFile *file, CcPlainFunc func, gpointer data, GError **error);

char    *cc_case_file_read_meta (CcConnection *connection, const char *key, GError **error);
gboolean cc_case_file_write_meta (CcConnection *connection,
                                  const char   *key,
                                  const char   *value,
                                  GError      **error);
gboolean cc_case_file_set_up_writer (CcCaseFile *self, CcConnection *connection, GError **error);
CcConnection *cc_case_file_open_bare (const char *path,
                                      const char *passphrase,
                                      CcPack     *pack,
                                      CcKey     **key,
                                      GError    **error);
gboolean      cc_verify_connection (CcConnection *connection,
                                    const char   *path,
                                    const CcKey  *key,
                                    CcProgress   *progress,
                                    GPtrArray    *problems,
                                    GError      **error);

gboolean cc_verify_chain_from (CcConnection *connection,
                               gint64        seq,
                               const char   *hash,
                               GPtrArray    *problems,
                               GError      **error);

/* A change of the passphrase that was cut off. */
char *cc_rekey_part_path (const char *target);
void  cc_rekey_clear (const char *path);

/* Whether the path now holds another file than the one that was opened, or none. */
gboolean cc_case_file_is_replaced (CcCaseFile *self);
gboolean cc_case_file_refuse_replaced (CcCaseFile *self, GError **error);

/* Remembers which file stands under the path: for the two above and for cc_case_file_look (). */
void cc_case_file_note_identity (CcCaseFile *self);

gboolean cc_case_file_load_meta (CcCaseFile *self, CcConnection *connection, GError **error);
gboolean cc_case_file_build_plans (CcCaseFile *self, GError **error);

/* Returns: (transfer none): "" where none was set */
const char *cc_case_file_get_usual_user (void);

G_END_DECLS
