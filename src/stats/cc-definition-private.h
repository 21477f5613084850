/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-program-private.h"

#include <cc/base/cc-key-file.h>
#include <cc/stats/cc-questionnaire.h>

G_BEGIN_DECLS

/* Axes that one block may nest. */
#define CC_MAX_NESTED 8

typedef enum
{
  CC_AXIS_GROUP,
  CC_AXIS_CODES,
  CC_AXIS_LIST,
  CC_AXIS_PERIOD,
} CcAxisKind;

/* One category of an axis as written. */
typedef struct
{
  char       *code;
  char       *when;       /* NULL: the catch of a list axis, or a code of the pack */
  CcNode     *node;       /* parsed when */
  const char *pack;       /* "code:SEX.M": where its label comes from, or NULL */
  const char *population; /* slice of the population table, or NULL */
} CcCategory;

typedef struct
{
  char       *name;
  char       *group; /* "axis sexage7" */
  CcAxisKind  kind;
  guint       kinds; /* bits of CcKind it may stand on */
  gboolean    each;
  gboolean    additive;
  gboolean    total;
  gboolean    single;
  gboolean    own_first;
  gboolean    sort_by_code;
  gboolean    unknown; /* kind=codes: ends in a category for what is not known */
  int         limit;
  const char *field;      /* of codes and list axes, and what axis@field replaces */
  const char *rollup;     /* NULL: the questionnaire's */
  const char *population; /* "sex" or "age" where categories are slices of the population */
  GPtrArray  *categories; /* CcCategory* */
} CcAxis;

/* An axis as a table uses it. */
typedef struct
{
  CcAxis     *axis;
  const char *field; /* axis@field, or NULL */
} CcAxisUse;

typedef struct
{
  CcTableDefinition public;
  CcNode    *where;      /* NULL: none */
  GPtrArray *row_blocks; /* GPtrArray* of CcAxisUse* */
  GPtrArray *col_blocks;
  CcKind     kind;
} CcTable;

/* One term of a check rule: Q7.sum, Q7.total, V3[labour]. */
typedef struct
{
  char    *table;
  gboolean sum;
  char    *row; /* NULL for .sum and .total */
} CcRuleTerm;

typedef struct
{
  CcCheckDefinition public;
  GPtrArray *left; /* CcRuleTerm* */
  GPtrArray *right;
  CcOperator op;
} CcCheck;

/* What the sentence of a check may name in braces, ended by NULL. */
extern const char *const cc_check_placeholders[];

struct _CcQuestionnaire
{
  CcPack       *pack;
  CcFields     *fields;
  char         *name;      /* file name, for messages */
  char         *directory; /* NULL for definitions that are no file */
  char         *checksum;
  GPtrArray    *sources; /* CcKeyFile*: own file, parents, then axis files */
  guint         n_own;   /* sources that are the definition and its parents */
  GStringChunk *strings;
  GPtrArray    *axes; /* CcAxis*, in order */
  GHashTable   *axes_by_name;
  GPtrArray    *sheets;      /* CcSheetDefinition* */
  GPtrArray    *tables;      /* CcTable* */
  GPtrArray    *form_fields; /* CcFieldDefinition* */
  GPtrArray    *checks;      /* CcCheck* */
  char        **languages;
  char        **params;
  GPtrArray    *problems; /* CcDefinitionProblem*, while loading */
};

/* Sources: what stands where. A group of the definition replaces keys of its parent one by one. */
gboolean    cc_definition_load_sources (CcQuestionnaire *self, CcKeyFile *own, GError **error);
const char *cc_definition_get (CcQuestionnaire *self, const char *group, const char *key);
char      **cc_definition_get_list (CcQuestionnaire *self, const char *group, const char *key);
char      **cc_definition_groups (CcQuestionnaire *self, const char *kind);
char      **cc_definition_keys (CcQuestionnaire *self, const char *group);
const char *cc_definition_keep (CcQuestionnaire *self, const char *text);
gboolean    cc_definition_get_boolean (CcQuestionnaire *self,
                                       const char      *group,
                                       const char      *key,
                                       gboolean         fallback);
int cc_definition_get_int (CcQuestionnaire *self, const char *group, const char *key, int fallback);
int cc_definition_get_choice (CcQuestionnaire   *self,
                              const char        *group,
                              const char        *key,
                              const char *const *choices,
                              int                fallback);
void cc_definition_problem (CcQuestionnaire *self,
                            CcSeverity       severity,
                            const char      *group,
                            const char      *key,
                            const char      *format,
                            ...) G_GNUC_PRINTF (5, 6);

void       cc_definition_load_axes (CcQuestionnaire *self);
void       cc_definition_load_tables (CcQuestionnaire *self);
void       cc_definition_load_rules (CcQuestionnaire *self);
void       cc_definition_check_keys (CcQuestionnaire *self);
void       cc_definition_check_reachable (CcQuestionnaire *self);
void       cc_axis_free (CcAxis *self);
void       cc_table_free (CcTable *self);
void       cc_check_free (CcCheck *self);
CcAxis    *cc_definition_find_axis (CcQuestionnaire *self, const char *name);
CcTable   *cc_definition_find_table (CcQuestionnaire *self, const char *id);
gboolean   cc_definition_parameter (gpointer data, const char *name, const char **value);
gboolean   cc_rule_parse (CcCheck *check, const char *text, GError **error);
CcProgram *cc_definition_compile (CcQuestionnaire *self,
                                  const CcNode    *node,
                                  CcKind           kind,
                                  const CcAxisUse *use,
                                  CcParameterFunc  parameter,
                                  gpointer         parameter_data,
                                  const char      *country,
                                  GError         **error);

G_END_DECLS
