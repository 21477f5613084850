/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The record kinds of the contract. */
typedef enum
{
  CC_KIND_VICTIM,
  CC_KIND_PERP,
  CC_KIND_EVENT,
  CC_KIND_RETURN,
  CC_N_KINDS,
} CcKind;

typedef enum
{
  CC_VALUE_CODE, /* index of the code in the pack */
  CC_VALUE_MASK, /* several codes of a list of at most 64 */
  CC_VALUE_LIST, /* several codes of a longer list, in the order stated: places in the list */
  CC_VALUE_DATE,
  CC_VALUE_INT,
  CC_VALUE_TEXT,
} CcValueKind;

/* Row groups: tests and the date of one cell that name fields of one group hold on one child row.
 * Detections and stages are kept row by row for repeat=yearly and for stocks of cases; tests on
 * their fields look at the person. */
typedef enum
{
  CC_GROUP_STEP,
  CC_GROUP_SERVICE,
  CC_GROUP_RETURN,
  CC_GROUP_RESIDENCE,
  CC_GROUP_EXPLOITATION,
  CC_GROUP_STATUS_DECISION,
  CC_GROUP_DETECTION,
  CC_GROUP_STAGE,
  CC_N_GROUPS,
} CcGroup;

#define CC_GROUP_NONE (-1)
#define CC_MASK_BITS  64

typedef struct
{
  const CcContractField *contract;
  const char            *name;
  CcKind                 kind;
  guint                  index; /* among the fields of its record kind */
  CcValueKind            type;
  GPtrArray             *codes;   /* const CcCode* of its list in order; NULL without a list */
  gboolean               country; /* codes are countries, which belong to groups of countries */
  int                    group;   /* CcGroup, or CC_GROUP_NONE */
  guint                  slot;    /* place in the rows of its group */
  char                  *column;  /* of person_fact */
} CcField;

/* The contract of a pack in the shape that facts and expressions work with. Immutable. */
typedef struct
{
  CcPack    *pack;
  GPtrArray *of[CC_N_KINDS];                    /* CcField*, by index */
  GPtrArray *in_group[CC_N_KINDS][CC_N_GROUPS]; /* CcField*, by slot */
  guint16   *place;                             /* per code of the pack: its place in its list */
} CcFields;

CcFields      *cc_fields_new (CcPack *pack);
CcFields      *cc_fields_ref (CcFields *self);
void           cc_fields_unref (CcFields *self);
const CcField *cc_fields_find (CcFields *self, CcKind kind, const char *name);
const char    *cc_kind_get_record (CcKind kind);
const char    *cc_kind_get_unit (CcKind kind);
const char    *cc_kind_get_abbr (CcKind kind);
gboolean       cc_kind_from_record (const char *record, CcKind *kind);
const char    *cc_fields_nearest (CcFields *self, guint kinds, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFields, cc_fields_unref)

G_END_DECLS
