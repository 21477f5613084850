/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

/* Adds a code unless it is there; NULL adds nothing. */
void
cc_code_set_add (CcCodeSet *self, const CcCode *code)
{
  if (code == NULL || cc_code_set_has (self, code))
    return;
  g_return_if_fail (self->n < CC_PRACTICE_MAX_CODES);
  self->at[self->n++] = code;
}

void
cc_code_set_union (CcCodeSet *self, const CcCodeSet *other)
{
  for (guint i = 0; i < other->n; i++)
    cc_code_set_add (self, other->at[i]);
}

gboolean
cc_code_set_has (const CcCodeSet *self, const CcCode *code)
{
  for (guint i = 0; i < self->n; i++)
    if (self->at[i] == code)
      return TRUE;
  return FALSE;
}
