/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-line.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportLine, cc_import_line, G_TYPE_OBJECT)

static void
cc_import_line_finalize (GObject *object)
{
  CcImportLine *self = CC_IMPORT_LINE (object);

  g_free (self->theirs);
  g_free (self->theirs_note);
  g_free (self->theirs_quiet);
  g_free (self->ours);
  g_free (self->ours_note);
  G_OBJECT_CLASS (cc_import_line_parent_class)->finalize (object);
}

static void
cc_import_line_class_init (CcImportLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_import_line_finalize;
  signals[CHANGED] = g_signal_new ("changed", CC_TYPE_IMPORT_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cc_import_line_init (CcImportLine *self)
{
}

CcImportLine *
cc_import_line_new (CcLineKind kind, const char *theirs)
{
  CcImportLine *self = g_object_new (CC_TYPE_IMPORT_LINE, NULL);

  self->kind = kind;
  self->theirs = g_strdup (theirs);
  self->theirs_note = g_strdup ("");
  self->theirs_quiet = g_strdup ("");
  self->ours = g_strdup ("");
  self->ours_note = g_strdup ("");
  return self;
}

static void
take_text (char **place, char *text)
{
  g_free (*place);
  *place = text != NULL ? text : g_strdup ("");
}

/**
 * note: (transfer full) (nullable): what stands below, in the same weight
 * quiet: (transfer full) (nullable): a remark below that
 */
void
cc_import_line_set_theirs (CcImportLine *self, char *note, char *quiet)
{
  take_text (&self->theirs_note, note);
  take_text (&self->theirs_quiet, quiet);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ours: (transfer full) (nullable): what it is taken for
 * note: (transfer full) (nullable): why
 */
void
cc_import_line_set_ours (CcImportLine *self, CcLineMark mark, char *ours, char *note)
{
  self->mark = mark;
  take_text (&self->ours, ours);
  take_text (&self->ours_note, note);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cc_import_line_set_open (CcImportLine *self, gboolean open)
{
  if (self->open == !!open)
    return;
  self->open = !!open;
  g_signal_emit (self, signals[CHANGED], 0);
}

char *
cc_import_line_describe (CcImportLine *self)
{
  g_autoptr (GString) text = g_string_new (self->theirs);

  if (self->ours[0] != '\0')
    g_string_append_printf (text, ": %s", self->ours);
  if (self->ours_note[0] != '\0')
    g_string_append_printf (text, " (%s)", self->ours_note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
