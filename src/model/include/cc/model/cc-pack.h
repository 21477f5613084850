/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The classification pack: units, variables, code lists, roll-ups, labels, words and the contract
 * between stored variables and questionnaire fields, loaded from the plain files of
 * data/classification/. Immutable once loaded; may be read from any thread. */
typedef struct _CcPack CcPack;

typedef enum
{
  CC_VARIABLE_CODE,
  CC_VARIABLE_MULTI,
  CC_VARIABLE_DATE,
  CC_VARIABLE_AGE,
  CC_VARIABLE_INT,
  CC_VARIABLE_TEXT,
  CC_VARIABLE_FLAG,
  CC_VARIABLE_REF,
  CC_VARIABLE_IDENTIFIER,
} CcVariableType;

typedef enum
{
  CC_STORAGE_COLUMN,     /* a column of the unit's table */
  CC_STORAGE_ANSWER,     /* rows of answer and multi_value */
  CC_STORAGE_IDENTIFIER, /* a row of identifier */
  CC_STORAGE_DERIVED,    /* computed, never stored */
  CC_STORAGE_PARENT,     /* the link itself */
  CC_STORAGE_META,       /* lives in entity or submission */
} CcStorage;

/* The four kinds of no value; a code column holds them, other columns hold NULL and a no_value row.
 */
typedef enum
{
  CC_NO_VALUE_NONE,           /* there is a value */
  CC_NO_VALUE_UNKNOWN,        /* _U sought, not established */
  CC_NO_VALUE_NOT_COLLECTED,  /* _X not collected by that source */
  CC_NO_VALUE_REFUSED,        /* _R refused or withheld */
  CC_NO_VALUE_NOT_APPLICABLE, /* _Z not applicable */
} CcNoValue;

typedef struct
{
  const char *abbr; /* VI */
  const char *name; /* victim */
  const char *kind; /* unit, link or child */
  char      **parents;
} CcUnit;

typedef struct
{
  guint          index; /* position in the pack, from 0 */
  const char    *id;    /* VI03, X_VI_RETON */
  const char    *unit;  /* victim */
  const char    *name;  /* sex: unique within the unit */
  CcVariableType type;
  CcStorage      storage;
  const char    *list;  /* "" where there is none */
  const char    *group; /* row group, "" where there is none */
  const char    *card;
  int            tier;
  gboolean       ours;
  const char    *definition;
} CcVariable;

typedef struct
{
  guint       index; /* position in the pack, from 0 */
  const char *list;
  const char *code;
  const char *parent; /* "" at the top */
  int         sort;
  const char *attributes; /* key=value;key=value */
} CcCode;

typedef struct
{
  const char *record; /* victim, perp, event or return */
  const char *field;  /* age-class */
  const char *type;   /* code, multi, date, age, int, text, flag, id */
  gboolean    multi;
  gboolean    tree;
  const char *unit;
  const char *group;
  const char *variable; /* pack variable id, "" where the derivation gives the value */
  const char *list;
  const char *handles;    /* roll-up scheme of the field's handles; "@" = the questionnaire's */
  const char *derivation; /* keyword, see data/classification README in the pack folder */
  const char *select;     /* how a cluster's value is selected */
} CcContractField;

CcPack     *cc_pack_load (const char *directory, GError **error);
CcPack     *cc_pack_load_default (GError **error);
CcPack     *cc_pack_ref (CcPack *self);
void        cc_pack_unref (CcPack *self);
const char *cc_pack_get_id (CcPack *self);
int         cc_pack_get_version (CcPack *self);
const char *cc_pack_get_directory (CcPack *self);
const char *cc_pack_get_title (CcPack *self, const char *language);
const char *cc_pack_get_statement (CcPack *self, const char *language);
char       *cc_pack_get_checksum (CcPack *self);

const CcUnit     *cc_pack_find_unit (CcPack *self, const char *name);
guint             cc_pack_get_n_units (CcPack *self);
const CcUnit     *cc_pack_get_unit (CcPack *self, guint index);
guint             cc_pack_get_n_variables (CcPack *self);
const CcVariable *cc_pack_get_variable (CcPack *self, guint index);
const CcVariable *cc_pack_find_variable (CcPack *self, const char *id);
const CcVariable *cc_pack_find_unit_variable (CcPack *self, const char *unit, const char *name);

guint         cc_pack_get_n_codes (CcPack *self);
const CcCode *cc_pack_get_code (CcPack *self, guint index);
const CcCode *cc_pack_find_code (CcPack *self, const char *list, const char *code);
GPtrArray    *cc_pack_get_list_codes (CcPack *self, const char *list);
gboolean      cc_pack_has_list (CcPack *self, const char *list);
char         *cc_code_get_attribute (const CcCode *code, const char *key);
CcNoValue     cc_no_value_from_code (const char *code);
const char   *cc_no_value_to_code (CcNoValue no_value);

gboolean    cc_pack_has_scheme (CcPack *self, const char *scheme, const char *list);
const char *cc_pack_roll_up (CcPack *self, const char *scheme, const char *list, const char *code);
GPtrArray  *cc_pack_get_targets (CcPack *self, const char *scheme, const char *list);
GPtrArray  *cc_pack_get_schemes (CcPack *self);

const char       *
cc_pack_get_label (CcPack *self, const char *scope, const char *key, const char *language);
char *cc_pack_get_code_label (CcPack *self, const CcCode *code, const char *language);

const CcContractField *cc_pack_find_field (CcPack *self, const char *record, const char *field);
GPtrArray             *cc_pack_get_fields (CcPack *self, const char *record);

gboolean cc_pack_country_in_group (CcPack *self, const char *alpha3, const char *group);

extern const char *const cc_pack_languages[]; /* en fr pt es ar sw NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPack, cc_pack_unref)

G_END_DECLS
