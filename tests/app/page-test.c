/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include <cc/stats/cc-facts.h>

static void
on_changed (CcSession *session, gpointer user_data)
{
  cc_page_refresh (((PageTest *) user_data)->page);
}

static CcSession *
open_session (PageTest *self, const CaseParams *params)
{
  g_autofree char *path = app_test_path (&self->base, "page.casecount");
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  case_fixture_write (path, params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  return cc_session_new (file, texts);
}

void
page_test_set_up (PageTest *self, GType page_type, const CaseParams *params)
{
  app_test_set_up (&self->base, NULL);
  self->session = open_session (self, params);
  cc_session_set_changed_func (self->session, on_changed, self);
  self->page = g_object_new (page_type, NULL);
  self->window = g_object_ref_sink (adw_application_window_new (NULL));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window),
                                      GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  cc_page_set_session (self->page, self->session);
  cc_page_load (self->page);
}

/* The page must be gone with its window. */
void
page_test_tear_down (PageTest *self, gconstpointer data)
{
  cc_session_set_changed_func (self->session, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->window);
  g_clear_pointer (&self->session, cc_session_unref);
  app_test_tear_down (&self->base, data);
}
