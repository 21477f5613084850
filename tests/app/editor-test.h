/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-test.h"

#include "editor/cc-case-editor-private.h"
#include "editor/cc-code-entry.h"

/* A window with the case form over a case file of six imported victims, and what a clerk does with
 * it. */
typedef struct
{
  AppTest       base;
  CcSession    *session;
  GtkWindow    *window;
  CcCaseEditor *editor;
  gint64        saved;
  guint         n_saved;
  guint         n_closed;
} EditorTest;

void         editor_test_set_up (EditorTest *self, gconstpointer data);
void         editor_test_tear_down (EditorTest *self, gconstpointer data);
gboolean     editor_test_is_saved (gpointer user_data);
void         editor_test_start (EditorTest *self, const char *unit);
void         editor_test_load (EditorTest *self, gint64 record);
CcFieldRow  *editor_test_row (EditorTest *self, const char *variable);
void         editor_test_type (EditorTest *self, const char *variable, const char *text);
GtkWidget   *editor_test_text (EditorTest *self, const char *variable);
void         editor_test_put (EditorTest *self, const char *variable, const char *text);
CcCodeEntry *editor_test_code_entry (EditorTest *self, const char *variable);
void         editor_test_choose (EditorTest *self, const char *variable, const char *text);
void         editor_test_tick (EditorTest *self, const char *variable, const char *label);
void         editor_test_go_to (EditorTest *self, const char *abbr);
void         editor_test_act (EditorTest *self, const char *action);
void         editor_test_save (EditorTest *self);
GtkWidget   *editor_test_find_dialog (void);
CcRecord    *editor_test_stored (EditorTest *self, const char *abbr);
void         editor_test_assert_value (EditorTest *self,
                                       const char *abbr,
                                       const char *variable,
                                       const char *expected);
gint64       editor_test_get_last (EditorTest *self);
