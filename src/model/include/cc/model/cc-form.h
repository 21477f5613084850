/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* The entry form of a unit, generated from the dictionary: sections and fields in their order, with
 * forms.csv of the pack for the exceptions. Pure. */

typedef enum
{
  CC_FORM_ESSENTIAL, /* always in view */
  CC_FORM_MORE,      /* folded away until wanted */
  CC_FORM_HIDDEN,    /* not asked in the form */
} CcFormPart;

typedef struct
{
  const CcVariable *variable;
  CcFormPart        part;
  gboolean          repeats; /* identifiers: several values, one field each */
  guint             most;    /* MULTI: at most so many codes, 0 where there is no limit */
} CcFormField;

typedef enum
{
  CC_FORM_SECTION_IDENTITY, /* names and numbers */
  CC_FORM_SECTION_GENERAL,  /* fields without row group */
  CC_FORM_SECTION_GROUP,    /* one row group; its label is the pack's */
} CcFormSectionKind;

typedef struct
{
  CcFormSectionKind kind;
  const char       *group;     /* "" unless GROUP */
  GPtrArray        *essential; /* CcFormField */
  GPtrArray        *more;      /* CcFormField */
} CcFormSection;

GPtrArray *cc_form_build (CcPack *pack, const CcUnit *unit);
CcFormPart cc_form_get_part (CcPack *pack, const CcVariable *variable);
gboolean   cc_form_is_asked (CcPack *pack, const CcVariable *variable);

G_END_DECLS
