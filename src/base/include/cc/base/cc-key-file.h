/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A key file ([group], key=value, # comment) that remembers the line of each group and key, keeps
 * order, and answers localised keys (title[fr]). GKeyFile does the first half but tells no lines,
 * and a trainer who edits a questionnaire must be told the line. */
typedef struct _CcKeyFile CcKeyFile;

CcKeyFile  *cc_key_file_load (const char *path, GError **error);
CcKeyFile  *cc_key_file_load_text (const char *name, const char *text, GError **error);
void        cc_key_file_free (CcKeyFile *self);
const char *cc_key_file_get_name (CcKeyFile *self);
guint       cc_key_file_get_n_groups (CcKeyFile *self);
const char *cc_key_file_get_group (CcKeyFile *self, guint index);
gboolean    cc_key_file_has_group (CcKeyFile *self, const char *group);
guint       cc_key_file_get_n_keys (CcKeyFile *self, const char *group);
const char *cc_key_file_get_key (CcKeyFile *self, const char *group, guint index);
const char *cc_key_file_get (CcKeyFile *self, const char *group, const char *key);
const char *cc_key_file_get_localised (CcKeyFile  *self,
                                       const char *group,
                                       const char *key,
                                       const char *language);
char      **cc_key_file_get_list (CcKeyFile *self, const char *group, const char *key);
int         cc_key_file_get_int (CcKeyFile *self, const char *group, const char *key, int fallback);
guint       cc_key_file_get_line (CcKeyFile *self, const char *group, const char *key);
void  cc_key_file_set (CcKeyFile *self, const char *group, const char *key, const char *value);
char *cc_key_file_to_text (CcKeyFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcKeyFile, cc_key_file_free)

G_END_DECLS
