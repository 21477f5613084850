/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>
#include <cc/store/cc-case-file.h>

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
  CcDictionary *dictionary;
  CcUnitPlan  **plans; /* by unit's index in the pack; NULL for units without a table */
  CcReaderPool *readers;
  CcWriter     *writer; /* NULL when open for reading only */
  char         *country;
  char         *cipher;
  gboolean      practice;
  int           schema_version;
  int           opened_version;  /* the format it was found in */
  int           outdated;        /* another pack was installed: to be opened again */
  gint64        no_value_ids[5]; /* code ids by CcNoValue; the first is 0 */
  guint8        record_secret[CC_KEY_SIZE];
  GMutex        user_lock;
  char         *user; /* self-declared name that acts are signed with */
  gpointer      kept; /* see cc_case_file_swap_kept () */
  void (*free_kept) (gpointer kept);
};

/* Lock of the writer: FILE.lock beside the file. */
CcFileLock *cc_file_lock_take (const char *path, gboolean exclusive, GError **error);
void        cc_file_lock_free (CcFileLock *self);
gboolean    cc_path_is_local (const char *path);

/* older: the file is of an older format and stays so: readers are prepared for that. */
CcReaderPool *cc_reader_pool_new (const char *path, const CcKey *key, gboolean older);
void          cc_reader_pool_free (CcReaderPool *self);
gboolean      cc_reader_pool_is_idle (CcReaderPool *self);
void          cc_reader_pool_drain (CcReaderPool *self);
gboolean      cc_reader_pool_pause (CcReaderPool *self, gint64 timeout);
void          cc_reader_pool_resume (CcReaderPool *self);

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

/* A change of the passphrase that was cut off. */
char *cc_rekey_part_path (const char *target);
void  cc_rekey_clear (const char *path);

gboolean cc_case_file_load_meta (CcCaseFile *self, CcConnection *connection, GError **error);
gboolean cc_case_file_build_plans (CcCaseFile *self, GError **error);

G_END_DECLS
