/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session-progress.h"

#include <cc/model/cc-texts.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* An open case file with what its pages need to speak about it. Counted references, because work in
 * other threads may outlive the window; the file is closed off the main loop when the last one
 * goes, and the application stays alive until then. */
typedef struct _CcSession CcSession;

void cc_session_open_async (const char         *path,
                            const char         *passphrase,
                            CcOpenMode          mode,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);

/* tell: called on the main loop while an older file is brought to the newest format, which may take
 * as long as copying it. */
void cc_session_open_with_progress_async (const char           *path,
                                          const char           *passphrase,
                                          CcOpenMode            mode,
                                          GCancellable         *cancellable,
                                          CcSessionProgressFunc tell,
                                          gpointer              tell_data,
                                          GDestroyNotify        free_tell_data,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);

/* Opens for writing what is open for reading only; the passphrase is not asked for again. Finish
 * with cc_session_open_finish (); CC_ERROR_LOCKED while another program still writes. */
void
cc_session_open_again_async (CcSession *reader, GAsyncReadyCallback callback, gpointer user_data);

CcSession *cc_session_open_finish (GAsyncResult *result, GError **error);
CcSession *cc_session_new (CcCaseFile *file, CcTexts *texts);
CcSession *cc_session_ref (CcSession *self);
void       cc_session_let_go (CcSession *self);
void       cc_session_leave (CcSession *self);
void       cc_session_unref (CcSession *self);
guint      cc_session_get_n_open (void);

CcCaseFile *cc_session_get_file (CcSession *self);
CcTexts    *cc_session_get_texts (CcSession *self);
const char *cc_session_get_language (CcSession *self);
gboolean    cc_session_is_read_only (CcSession *self);

/* Who shows the file learns that its data changed; NULL ends that. On the main loop only. */
typedef void (*CcSessionChangedFunc) (CcSession *self, gpointer user_data);
void cc_session_set_changed_func (CcSession *self, CcSessionChangedFunc func, gpointer user_data);
void cc_session_changed (CcSession *self);

/* Name of the reporting country in the window's language. */
char *cc_session_dup_country (CcSession *self);
char *cc_session_format_number (CcSession *self, gint64 number);
char *cc_session_format_day (CcSession *self, CcDay day);
char *cc_session_format_interval (CcSession *self, CcInterval interval);
char *cc_session_format_time (CcSession *self, gint64 unix_seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSession, cc_session_unref)

G_END_DECLS
