/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-csv.h>
#include <cc/base/cc-key-file.h>
#include <cc/model/cc-pack.h>

#define CC_N_LANGUAGES 6

/* The loaded pack. Each file cc-<topic>.c of this folder fills and answers its own part. All
 * strings live in the chunk for as long as the pack. */
struct _CcPack
{
  gatomicrefcount ref_count;
  char           *directory;
  char           *checksum;
  CcKeyFile      *key_file;
  GStringChunk   *chunk;

  /* cc-variables.c */
  GPtrArray  *units;     /* CcUnit */
  GPtrArray  *variables; /* CcVariable */
  GHashTable *variables_by_id;
  GHashTable *variables_by_name; /* "unit.name" */

  /* cc-code-lists.c */
  GPtrArray  *codes;          /* CcCode */
  GHashTable *codes_by_key;   /* "LIST.code" */
  GHashTable *lists;          /* list -> GPtrArray of CcCode, sorted */
  GHashTable *country_groups; /* "BEN.ECOWAS" */

  /* cc-roll-ups.c */
  GHashTable *roll_ups; /* "scheme.LIST.code" -> target, "none" where it has none */
  GHashTable *targets;  /* "scheme.LIST" -> GPtrArray of target names, sorted */
  GPtrArray  *schemes;

  /* cc-labels.c */
  GHashTable *labels; /* "scope.key" -> const char *[CC_N_LANGUAGES] */

  /* cc-contract.c */
  GPtrArray  *fields;        /* CcContractField */
  GHashTable *fields_by_key; /* "record.field" */

  /* cc-words.c */
  GHashTable *headers;       /* folded -> GPtrArray of CcHeaderMeaning */
  GHashTable *values;        /* "LIST.folded" -> GArray of meanings */
  GHashTable *value_texts;   /* list -> GPtrArray of folded texts, sorted */
  GHashTable *tokens;        /* "kind.folded" -> value */
  GHashTable *token_texts;   /* kind -> GPtrArray of folded texts */
  GHashTable *country_traps; /* folded -> GStrv of countries */

  /* cc-skip.c and cc-form.c */
  GPtrArray  *skips;      /* by variable->index: GPtrArray of CcSkip, or NULL */
  GHashTable *form_parts; /* CcVariable -> CcFormPart, the exceptions */

  /* cc-retention-dates.c */
  GPtrArray *retention_dates;

  /* cc-names.c */
  struct _CcNameTables *names;
};

CcCsvTable *
cc_pack_load_table (CcPack *self, const char *name, const char *const *columns, GError **error);
gboolean cc_pack_fail (CcCsvTable *table, guint row, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
const char *cc_pack_keep (CcPack *self, const char *text);
char       *cc_pack_key (const char *first, ...) G_GNUC_NULL_TERMINATED;
int         cc_pack_language_index (const char *language);
void        cc_pack_set_label (CcPack     *self,
                               const char *scope,
                               const char *key,
                               guint       language,
                               const char *text);

gboolean cc_pack_load_units (CcPack *self, GError **error);
gboolean cc_pack_load_variables (CcPack *self, GError **error);
gboolean cc_pack_load_codes (CcPack *self, GError **error);
gboolean cc_pack_load_countries (CcPack *self, GError **error);
gboolean cc_pack_check_codes_ever (CcPack *self, GError **error);
gboolean cc_pack_load_roll_ups (CcPack *self, GError **error);
gboolean cc_pack_load_labels (CcPack *self, GError **error);
gboolean cc_pack_load_definitions (CcPack *self, GError **error);
gboolean cc_pack_check_labels (CcPack *self, GError **error);
gboolean cc_pack_load_contract (CcPack *self, GError **error);
gboolean cc_pack_load_skips (CcPack *self, GError **error);
gboolean cc_pack_load_forms (CcPack *self, GError **error);
gboolean cc_pack_load_retention_dates (CcPack *self, GError **error);
gboolean cc_pack_load_words (CcPack *self, GError **error);
void     cc_pack_free_words (CcPack *self);
gboolean cc_pack_load_names (CcPack *self, GError **error);
void     cc_pack_free_names (CcPack *self);
