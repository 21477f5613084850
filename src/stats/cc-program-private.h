/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-expression-private.h"
#include "cc-fact-private.h"

G_BEGIN_DECLS

/* Looks a parameter up. Returns FALSE where there is no such parameter; *value is left NULL where
 * it has no value yet (the definition is checked without data): such a test never holds. */
typedef gboolean (*CcParameterFunc) (gpointer data, const char *name, const char **value);

/* What names in a condition mean. */
typedef struct
{
  CcFields       *fields;
  CcKind          kind;
  const char     *rollup; /* scheme of fields whose handles are "@" */
  CcParameterFunc parameter;
  gpointer        parameter_data;
  const char     *from_field; /* axis@field: this field ... */
  const char     *to_field;   /* ... is replaced by that one; NULL otherwise */
  gboolean        single;     /* of several countries only one counts */
  const char     *country;    /* reporting country, NULL while not known */
} CcCompileContext;

/* What a condition is tested on: a fact, and for each row group the row that is being looked at
 * (NULL: the person as a whole). In categories "is unknown" asks about all rows that came through
 * the filter, of which known[] says which slots any of them fills. */
typedef struct
{
  const CcFact      *fact;
  const CcFactValue *row[CC_N_GROUPS];
  guint64            known[CC_N_GROUPS];
  gboolean           in_category;
} CcScope;

typedef struct _CcProgram CcProgram;

CcProgram *cc_program_compile (const CcNode *node, const CcCompileContext *context, GError **error);
void       cc_program_free (CcProgram *self);
gboolean   cc_program_test (const CcProgram *self, const CcScope *scope);
gboolean   cc_program_is_otherwise (const CcProgram *self);
void       cc_program_note_fields (const CcProgram *self, guint8 *used);
guint      cc_program_count_tests (const CcProgram *self, int group);

/* What a condition on a merged person proves about those it was merged from. @local: per field, set
 * where the merged value is always that of one of them (of lists: each code is). See the
 * functions. */
typedef void (*CcConjunctFunc) (const CcProgram *conjunct, gpointer data);

void     cc_program_each_conjunct (const CcProgram *self, CcConjunctFunc func, gpointer data);
gboolean cc_program_may_lend (const CcProgram *self, const guint8 *local, const CcScope *scope);
gboolean
cc_program_is_sure (const CcProgram *self, const guint8 *local, const CcScope *scopes, guint n);

/* The codes of a field's list that a written value stands for; shared with axes. */
gboolean cc_codes_resolve (CcFields      *fields,
                           const CcField *field,
                           const char    *scheme,
                           const char    *value,
                           gboolean       under,
                           guint8        *places,
                           gboolean      *unknown);
const char *
cc_codes_nearest (CcFields *fields, const CcField *field, const char *scheme, const char *value);
const char        *cc_field_get_scheme (const CcField *field, const char *rollup);
const CcFactValue *cc_scope_get (const CcScope *scope, const CcField *field);
guint16            cc_value_single (const CcFactValue *value, int own_place);
int                cc_field_find_place (const CcField *field, const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProgram, cc_program_free)

G_END_DECLS
