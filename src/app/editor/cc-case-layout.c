/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-layout.h"

/* Parts hang on parts that hang on persons or events: so many rounds find all of them. */
#define ROUNDS 3

typedef struct
{
  const CcUnit *unit;
  int           parents[2]; /* places in the layout, -1 where none */
  gint64        record;     /* 0 where it was not stored */
  gint64        entity;
  CcDraftUnit  *found; /* in the draft it is applied to */
} Part;

struct _CcCaseLayout
{
  GArray *parts; /* Part */
  int     shown; /* its place, -1 where it is gone */
  char   *variable;
};

static int
find_place (GPtrArray *kept, CcDraftUnit *unit)
{
  guint at;

  return unit != NULL && g_ptr_array_find (kept, unit, &at) ? (int) at : -1;
}

CcCaseLayout *
cc_case_layout_new (CcCaseDraft *draft, CcCaseSave *save, CcDraftUnit *shown, const char *variable)
{
  CcCaseLayout *self = g_new0 (CcCaseLayout, 1);
  GPtrArray    *units = cc_case_draft_get_units (draft);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  self->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  self->variable = g_strdup (variable);
  for (guint i = 0; i < units->len; i++)
    if (!((CcDraftUnit *) units->pdata[i])->removed)
      g_ptr_array_add (kept, units->pdata[i]);
  for (guint i = 0; i < kept->len; i++)
    {
      CcDraftUnit *unit = kept->pdata[i];
      const Part   part = {
          .unit = unit->record->unit,
          .parents = { find_place (kept, unit->parents[0]), find_place (kept, unit->parents[1]) },
          .record = cc_case_save_get_id (save, unit),
          .entity = unit->entity,
      };

      g_array_append_val (self->parts, part);
    }
  self->shown = find_place (kept, shown);
  return self;
}

void
cc_case_layout_free (CcCaseLayout *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->parts);
  g_free (self->variable);
  g_free (self);
}

static Part *
get_part (CcCaseLayout *self, int place)
{
  return place >= 0 ? &g_array_index (self->parts, Part, place) : NULL;
}

/* Where what it hangs on is there. */
static void
place_part (CcCaseLayout *self, CcCaseDraft *draft, Part *part)
{
  const Part *first = get_part (self, part->parents[0]);
  const Part *second = get_part (self, part->parents[1]);

  if (part->record != 0)
    part->found = cc_case_draft_find (draft, part->record);
  else if ((first == NULL || first->found != NULL) && (second == NULL || second->found != NULL))
    {
      part->found = cc_case_draft_add (draft, part->unit, first != NULL ? first->found : NULL,
                                       second != NULL ? second->found : NULL);
      part->found->entity = part->entity;
    }
}

CcDraftUnit *
cc_case_layout_apply (CcCaseLayout *self, CcCaseDraft *draft)
{
  g_return_val_if_fail (self != NULL && draft != NULL, NULL);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < self->parts->len; i++)
      {
        Part *part = get_part (self, (int) i);

        if (part->found == NULL)
          place_part (self, draft, part);
      }
  return self->shown >= 0 ? get_part (self, self->shown)->found : NULL;
}

const char *
cc_case_layout_get_variable (CcCaseLayout *self)
{
  return self->variable;
}
