/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <cc/base/cc-progress.h>
#include <cc/model/cc-pack.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* An open case file: one encrypted database, one writer thread, any number of readers. */
typedef struct _CcCaseFile CcCaseFile;

/* One user act while it runs on the writer thread, inside its transaction. */
typedef struct _CcAct CcAct;

/* Does the work of one act. Returning FALSE rolls everything back. */
typedef gboolean (*CcActFunc) (CcAct *act, gpointer user_data, GError **error);

typedef enum
{
  CC_OPEN_READ_WRITE,
  CC_OPEN_READ_ONLY,
} CcOpenMode;

/* What a path holds, as far as it can be told without a passphrase. */
typedef enum
{
  CC_FILE_ABSENT,
  CC_FILE_EMPTY,
  CC_FILE_CASE_FILE, /* looks encrypted: size a multiple of the page, high entropy */
  CC_FILE_PLAIN_SQLITE,
  CC_FILE_ZIP, /* workbooks, too */
  CC_FILE_PDF,
  CC_FILE_TEXT,
  CC_FILE_OTHER,
  CC_FILE_FOLDER,
  CC_FILE_OFFICE,     /* an old workbook or document, or one with a password */
  CC_FILE_DENIED,     /* whoever runs the program may not read it */
  CC_FILE_UNREADABLE, /* its disk or network drive reports an error */
} CcFileKind;

CcFileKind  cc_case_file_probe (const char *path, GError **error);
CcCaseFile *cc_case_file_create (const char *path,
                                 const char *passphrase,
                                 CcPack     *pack,
                                 const char *country,
                                 gboolean    practice,
                                 GError    **error);
CcCaseFile *cc_case_file_create_signed (const char *path,
                                        const char *passphrase,
                                        CcPack     *pack,
                                        const char *country,
                                        gboolean    practice,
                                        const char *signature,
                                        GError    **error);
CcCaseFile *cc_case_file_open (const char *path,
                               const char *passphrase,
                               CcPack     *pack,
                               CcOpenMode  mode,
                               GError    **error);
CcCaseFile *cc_case_file_open_with_progress (const char *path,
                                             const char *passphrase,
                                             CcPack     *pack,
                                             CcOpenMode  mode,
                                             CcProgress *progress,
                                             GError    **error);

/* Opens for writing what is open for reading only, without asking for the passphrase again; the
 * reading one stays as it is. Errors as of opening, and CC_ERROR_WRONG_PASSPHRASE where it was
 * changed meanwhile. progress: (nullable). */
CcCaseFile *cc_case_file_open_again (CcCaseFile *reader, CcProgress *progress, GError **error);

/* Whether some program holds the lock of a file, for writing or, on a network drive, for reading.
 */
gboolean cc_case_file_is_in_use (const char *path);

/* What became of an open file since the last look; the first sees nothing. */
typedef enum
{
  CC_CHANGE_NONE,
  CC_CHANGE_DATA,     /* another connection committed something */
  CC_CHANGE_REPLACED, /* another file has its place or another format or pack: open it again */
} CcChange;

gboolean cc_case_file_look (CcCaseFile *self, CcChange *change, GError **error);
gboolean cc_case_file_close (CcCaseFile *self, GError **error);
void     cc_case_file_free (CcCaseFile *self);

CcPack     *cc_case_file_get_pack (CcCaseFile *self);
const char *cc_case_file_get_path (CcCaseFile *self);
const char *cc_case_file_get_country (CcCaseFile *self); /* ISO 3166-1 alpha-3 */
gboolean    cc_case_file_is_practice (CcCaseFile *self);
gboolean    cc_case_file_is_read_only (CcCaseFile *self);

/* The format as it is now, and as it was found on opening: smaller where it was migrated. */
int cc_case_file_get_schema_version (CcCaseFile *self);
int cc_case_file_get_opened_version (CcCaseFile *self);

/* TRUE for a file that is open for reading only and was written last by a version of the program of
 * an earlier format, or with another edition of its classification: it stays as it was. */
gboolean cc_case_file_is_of_earlier_edition (CcCaseFile *self);
char    *cc_case_file_get_cipher (CcCaseFile *self);
char    *cc_case_file_content_hash (CcCaseFile *self, GError **error);
char    *cc_case_file_head_hash (CcCaseFile *self, GError **error);
gboolean cc_case_file_verify (CcCaseFile *self, GPtrArray **problems, GError **error);
gboolean cc_case_file_verify_with (CcCaseFile *self,
                                   CcProgress *progress,
                                   GPtrArray **problems,
                                   GError    **error);
gboolean cc_case_file_count_nameless_removals (CcCaseFile *self, gint64 *n, GError **error);
gboolean cc_case_file_verify_history (CcCaseFile *self,
                                      CcProgress *progress,
                                      GPtrArray **problems,
                                      GError    **error);
gboolean cc_case_file_find_anchor (CcCaseFile *self, const char *hash, gint64 *seq, GError **error);

/* Integer ids of the pack's variables and codes in this file. */
gint64            cc_case_file_variable_id (CcCaseFile *self, const CcVariable *variable);
gint64            cc_case_file_code_id (CcCaseFile *self, const CcCode *code);
const CcCode     *cc_case_file_code_from_id (CcCaseFile *self, gint64 id);
const CcVariable *cc_case_file_variable_from_id (CcCaseFile *self, gint64 id);

/* A reading connection from the pool; give it back with release. */
CcConnection *cc_case_file_acquire_reader (CcCaseFile *self, GError **error);
void          cc_case_file_release_reader (CcCaseFile *self, CcConnection *connection);

/* Runs one act in one transaction on the writer thread and waits for it. `name` is the act's word
 * in the audit chain ("import", "decide" ...). Must not be called from the main loop of a window:
 * use the async form there. */
gboolean cc_case_file_act (CcCaseFile   *self,
                           const char   *name,
                           CcActFunc     func,
                           gpointer      user_data,
                           GCancellable *cancellable,
                           GError      **error);
void     cc_case_file_act_async (CcCaseFile         *self,
                                 const char         *name,
                                 CcActFunc           func,
                                 gpointer            user_data,
                                 GDestroyNotify      destroy,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            callback_data);
gboolean cc_case_file_act_finish (CcCaseFile *self, GAsyncResult *result, GError **error);

/* The same for derived and staging tables: a transaction on the writer thread that is no act and
 * leaves no trace in the audit chain. */
gboolean cc_case_file_maintain (CcCaseFile   *self,
                                CcActFunc     func,
                                gpointer      user_data,
                                GCancellable *cancellable,
                                GError      **error);

/* TRUE while acts run or wait. */
gboolean cc_case_file_is_busy (CcCaseFile *self);

/* The self-declared signature (cc-user.h) of the next acts; "" at first. */
void  cc_case_file_set_user (CcCaseFile *self, const char *name);
char *cc_case_file_get_user (CcCaseFile *self);

/* For programs without a question who works: what acts of any file of this process are signed with
 * where nobody said, also those of making, restoring and migrating a file. To be called once, at
 * the start. */
void cc_case_file_set_usual_user (const char *name);

/* Called inside each act's transaction, just before it commits, when clusters are dirty: this is
 * how the counting cache of the stats layer stays in the same transaction. */
void cc_case_file_set_refresh (CcCaseFile *self, CcActFunc refresh, gpointer user_data);

/* What a layer above found out about the file and may need again; one slot, of `stats`. */
gpointer cc_case_file_swap_kept (CcCaseFile *self, gpointer kept, GDestroyNotify free_kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCaseFile, cc_case_file_free)

G_END_DECLS
