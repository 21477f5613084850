/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cases-page-private.h"

static gboolean
has_unsaved (CcPage *page)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  return cc_cases_page_is_editing (self) && cc_case_editor_is_dirty (self->editor);
}

static void
ask_unsaved (CcPage *page, CcPageFunc go_on, gpointer user_data)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  self->go_on = go_on;
  self->go_on_data = user_data;
  cc_case_editor_cover (self->editor, TRUE);
  cc_case_editor_request_close (self->editor);
}

static void
keep_unsaved (CcPage *page)
{
  cc_case_editor_keep (CC_CASES_PAGE (page)->editor);
}

static CcKept
get_kept (CcPage *page)
{
  CcCasesPage *self = CC_CASES_PAGE (page);

  return self->editor != NULL ? cc_case_editor_get_kept (self->editor) : CC_KEPT_NOTHING;
}

void
cc_cases_page_class_add_unsaved (CcPageClass *klass)
{
  klass->has_unsaved = has_unsaved;
  klass->ask_unsaved = ask_unsaved;
  klass->keep_unsaved = keep_unsaved;
  klass->get_kept = get_kept;
}

static gboolean
on_go_on_cb (gpointer user_data)
{
  CcCasesPage *self = user_data;
  CcPageFunc   go_on = self->go_on;

  self->going_on = 0;
  self->go_on = NULL;
  if (go_on != NULL)
    go_on (self->go_on_data);
  return G_SOURCE_REMOVE;
}

/* Later: it may close the window, and the form and its question are still at work. */
void
cc_cases_page_go_on (CcCasesPage *self)
{
  if (self->go_on != NULL && self->going_on == 0)
    self->going_on = g_idle_add (on_go_on_cb, self);
}

void
cc_cases_page_stay (CcCasesPage *self)
{
  self->go_on = NULL;
}
