/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-source-private.h"

G_BEGIN_DECLS

/* How a field's value follows from records, see README.md of the classification pack. */
typedef enum
{
  CC_RULE_NONE,
  CC_RULE_VALUE,
  CC_RULE_RECORD_COUNT,
  CC_RULE_AGE_EXACT,
  CC_RULE_AGE_MIN,
  CC_RULE_AGE_MAX,
  CC_RULE_AGE_CLASS,
  CC_RULE_STATED_AGE,
  CC_RULE_STATUS,
  CC_RULE_STATUS_DATE,
  CC_RULE_PLACE_COUNTRY,
  CC_RULE_SCOPE,
  CC_RULE_PRINCIPAL,
  CC_RULE_ENTITY_TYPE,
  CC_RULE_FIRST_ENTITY_TYPE,
  CC_RULE_STEP_DATE,
  CC_RULE_STEP_OUTCOME,
  CC_RULE_STEP_EXISTS,
  CC_RULE_SPLIT_TEXT,
  CC_RULE_FIRST_BY_SORT,
  CC_RULE_UNION_OF_EVENT,
  CC_RULE_COUNT_OR_STATED,
} CcRule;

typedef enum
{
  CC_SELECT_FIRST_KNOWN,
  CC_SELECT_LATEST_KNOWN,
  CC_SELECT_EARLIEST,
  CC_SELECT_LATEST,
  CC_SELECT_UNION,
  CC_SELECT_ANY_YES,
} CcSelect;

typedef struct
{
  const CcField    *field;
  CcRule            rule;
  CcSelect          select;
  CcUnitIndex       unit;
  const CcVariable *variable;
  guint8           *codes;  /* per code of the pack: stage, decision or place that counts */
  CcKind            linked; /* count-or-stated */
} CcDerivation;

/* The contract's derivations, looked up once. Immutable. */
typedef struct
{
  CcFields     *fields;
  CcSourcePlan *source;
  GPtrArray    *of[CC_N_KINDS]; /* CcDerivation*, by field */
  /* what the rules of status, age, scope and order look at */
  const CcVariable *detected_on;
  const CcVariable *recorded_on;
  const CcVariable *birth_date[CC_N_KINDS];
  const CcVariable *age[CC_N_KINDS];
  const CcVariable *status;
  const CcVariable *decided_on;
  const CcVariable *deciding_entity;
  const CcVariable *origin_country;
  const CcVariable *exploitation_country;
  const CcVariable *place_stage;
  const CcVariable *place_country;
  const CcVariable *step_stage;
  const CcVariable *step_on;
  const CcVariable *event_stage;
  const CcVariable *stage_on;
  const CcVariable *form;
  guint8           *recruitment; /* per code: place of recruitment */
  guint8           *decides;     /* per code of VSTAT */
  gint8            *rank;        /* per code: attribute rank */
  guint             presumed;    /* what an identification counts as that was not entitled */
  guint8           *is_yes;      /* per code: 1 yes, 2 no */
  guint             child, adult, internal, cross_border, yes, no;
} CcDerivePlan;

CcDerivePlan *cc_derive_plan_new (CcFields *fields);
void          cc_derive_plan_free (CcDerivePlan *self);

/* Entities by id, for VS03. */
typedef const CcSourceEntity *(*CcEntityFunc) (gpointer data, gint64 id);

/* What derivations of one cluster share. */
typedef struct
{
  const CcDerivePlan *plan;
  CcSourceSet        *set;
  CcArena            *arena;
  CcDay               day; /* D: first day of the cluster's detection, or earliest step */
  CcEntityFunc        entity;
  gpointer            entity_data;
} CcDeriveContext;

CcFact  *cc_derive (const CcDerivePlan *plan,
                    CcSourceSet        *set,
                    CcArena            *arena,
                    CcEntityFunc        entity,
                    gpointer            entity_data);
CcDay    cc_derive_sort (CcDeriveContext *context);
void     cc_derive_age (CcDeriveContext *context, int *min, int *max);
void     cc_derive_status (CcDeriveContext *context, CcFactValue *value);
gboolean cc_source_is_code (const CcSourceValue *value, const guint8 *codes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDerivePlan, cc_derive_plan_free)

G_END_DECLS
