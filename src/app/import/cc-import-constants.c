/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-constants.h"

#include "cc-import-chooser.h"
#include "cc-import-texts.h"
#include "cc-import-value-choices.h"

#include <glib/gi18n.h>

/* What the chooser of codes gives back for "nothing is said". */
#define NOTHING "-"

struct _CcImportConstants
{
  GObject parent_instance;

  GtkWidget     *near;  /* borrowed: the step */
  GListStore    *lines; /* of the whole step */
  CcImportDraft *draft; /* weak: whose section stands in the lines */
  CcInspection  *shown; /* borrowed */
  CcImportLine  *more;  /* the last line of the section */
  char          *key;   /* what is being asked about */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportConstants, cc_import_constants, G_TYPE_OBJECT)

static CcPack *
get_pack (CcImportDraft *draft)
{
  return cc_case_file_get_pack (cc_session_get_file (draft->session));
}

char *
cc_import_name_constant (CcSession *session, const CcConstant *constant)
{
  return cc_import_describe_target (session, constant->target);
}

char *
cc_import_describe_constant (CcSession *session, const CcConstant *constant)
{
  CcPack        *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const char    *language = cc_session_get_language (session);
  const CcValue *value = constant->value;
  g_autoptr (GString) text = g_string_new (NULL);

  if (value->no_value != CC_NO_VALUE_NONE)
    return cc_import_describe_no_value (value->no_value);
  if (value->code != NULL)
    return cc_pack_get_code_label (pack, value->code, language);
  for (guint i = 0; value->codes != NULL && i < value->codes->len; i++)
    {
      g_autofree char *label =
          cc_pack_get_code_label (pack, g_ptr_array_index (value->codes, i), language);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_ready (CcImportConstants *self)
{
  return self->draft != NULL && !self->draft->busy && self->draft->map != NULL
         && self->draft->inspection == self->shown;
}

static gboolean
is_own (CcImportConstants *self, const CcImportLine *line)
{
  return line->owner == self && line->kind == CC_LINE_PAIR;
}

static CcImportLine *
find_line (CcImportConstants *self, const CcVariable *variable)
{
  GListModel *lines = G_LIST_MODEL (self->lines);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (is_own (self, line) && line->subject == variable)
        return g_steal_pointer (&line);
    }
  return NULL;
}

static CcImportLine *
create_line (CcImportConstants *self, const CcConstant *constant)
{
  CcPack          *pack = get_pack (self->draft);
  g_autofree char *name = cc_import_name_constant (self->draft->session, constant);
  CcImportLine    *line = cc_import_line_new (CC_LINE_PAIR, name);
  const char      *unit = cc_pack_get_label (pack, "unit", constant->target->unit->name,
                                             cc_session_get_language (self->draft->session));

  line->owner = self;
  line->subject = (gpointer) constant->target->variable;
  cc_import_line_set_theirs (line, NULL, g_strdup (unit));
  return line;
}

static void
show_constant (CcImportConstants *self, CcImportLine *line, const CcConstant *constant)
{
  cc_import_line_set_ours (line, constant->stated ? CC_MARK_QUIET : CC_MARK_GOOD,
                           cc_import_describe_constant (self->draft->session, constant),
                           constant->stated
                               ? g_strdup (_ ("not used: a column of the file says it"))
                               : g_strdup (_ ("for every row")));
}

/* The lines of the constants anew; those that go on stay the same objects, for the focus to stay.
 */
static void
show_constants (CcImportConstants *self)
{
  g_autoptr (GPtrArray) constants =
      cc_map_list_file_constants (self->draft->map, get_pack (self->draft),
                                  self->draft->inspection);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint end = 0, first = 0;

  for (guint i = 0; i < constants->len; i++)
    {
      const CcConstant *constant = g_ptr_array_index (constants, i);
      CcImportLine     *line = find_line (self, constant->target->variable);

      if (line == NULL)
        line = create_line (self, constant);
      show_constant (self, line, constant);
      g_ptr_array_add (lines, line);
    }
  if (!g_list_store_find (self->lines, self->more, &end))
    return;
  for (first = end; first > 0; first--)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), first - 1);

      if (!is_own (self, line))
        break;
    }
  g_list_store_splice (self->lines, first, end - first, lines->pdata, lines->len);
}

static void
set_constant (CcImportConstants *self, const char *key, const char *codes)
{
  CcImportDraft *draft = self->draft;

  cc_map_set_constant (draft->map, key, codes);
  cc_map_settle_sex (draft->map, get_pack (draft));
  show_constants (self);
  cc_import_draft_map_changed (draft);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of several answers the codes count; "nothing" and "not known" stand alone. */
static char *
settle_codes (const char *chosen)
{
  g_auto (GStrv) parts = g_strsplit (chosen, ",", -1);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *code = g_strstrip (parts[i]);

      if (*code != '\0' && !g_str_equal (code, NOTHING)
          && cc_no_value_from_code (code) == CC_NO_VALUE_NONE)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? "; " : "", code);
    }
  if (codes->len > 0)
    return g_string_free (g_steal_pointer (&codes), FALSE);
  return parts[0] != NULL && *parts[0] != '\0' ? g_strdup (parts[0]) : NULL;
}

static void
on_codes_chosen (CcImportConstants *self, const char *chosen)
{
  g_autofree char *key = g_steal_pointer (&self->key);
  g_autofree char *codes = settle_codes (chosen);

  if (is_ready (self) && key != NULL && codes != NULL)
    set_constant (self, key, g_str_equal (codes, NOTHING) ? NULL : codes);
}

/* constant: (nullable): what is said already */
static void
ask_codes (CcImportConstants *self,
           const char        *key,
           const CcVariable  *variable,
           const CcConstant  *constant)
{
  CcSession       *session = self->draft->session;
  const char      *label = cc_pack_get_label (get_pack (self->draft), "variable", variable->id,
                                              cc_session_get_language (session));
  g_autofree char *question = NULL;
  CcImportChooser *chooser;

  g_free (self->key);
  self->key = g_strdup (key);
  /* Translators: %s is what is said of every row, such as "Country of exploitation". */
  question = g_strdup_printf (_ ("“%s”: what holds for every row of the file?"),
                              label != NULL ? label : variable->name);
  chooser = cc_import_chooser_new (self->near, _ ("Said for Every Row"), question);
  cc_import_chooser_set_choices (chooser,
                                 cc_import_list_constant_codes (self->draft, variable,
                                                                constant != NULL ? constant->value
                                                                                 : NULL,
                                                                constant != NULL ? NOTHING : NULL));
  cc_import_chooser_suggest_none (chooser);
  if (variable->type == CC_VARIABLE_MULTI)
    cc_import_chooser_offer_several (chooser, _ ("Several hold for every row together"),
                                     constant != NULL && constant->value->codes->len > 1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_codes_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
on_variable_chosen (CcImportConstants *self, const char *key)
{
  g_autoptr (GPtrArray) targets = NULL;

  if (!is_ready (self) || key[0] == '\0')
    return;
  targets = cc_map_list_constant_targets (self->draft->map, get_pack (self->draft),
                                          self->draft->inspection);
  for (guint i = 0; i < targets->len; i++)
    {
      const CcTarget  *target = g_ptr_array_index (targets, i);
      g_autofree char *name = cc_constant_make_key (target);

      if (g_str_equal (name, key))
        ask_codes (self, key, target->variable, NULL);
    }
}

static GListModel *
list_variables (CcImportConstants *self)
{
  CcPack     *pack = get_pack (self->draft);
  const char *language = cc_session_get_language (self->draft->session);
  GListStore *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  g_autoptr (GPtrArray) targets =
      cc_map_list_constant_targets (self->draft->map, pack, self->draft->inspection);

  for (guint i = 0; i < targets->len; i++)
    {
      const CcTarget  *target = g_ptr_array_index (targets, i);
      g_autofree char *key = cc_constant_make_key (target);
      g_autofree char *label = cc_import_describe_target (self->draft->session, target);
      const char      *unit = cc_pack_get_label (pack, "unit", target->unit->name, language);
      const char      *english = cc_pack_get_label (pack, "variable", target->variable->id, "en");
      const char      *detail = g_str_equal (language, "en") ? target->variable->definition : unit;
      g_autoptr (CcImportChoice) choice = cc_import_choice_new (key, label, detail, english);

      g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

static void
ask_variable (CcImportConstants *self)
{
  CcImportChooser *chooser =
      cc_import_chooser_new (self->near, _ ("Said for Every Row"),
                             _ ("What holds for every row of the file and stands in no column?"));

  cc_import_chooser_set_choices (chooser, list_variables (self));
  cc_import_chooser_suggest_none (chooser);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_variable_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
ask_again (CcImportConstants *self, const CcImportLine *line)
{
  g_autoptr (GPtrArray) constants =
      cc_map_list_file_constants (self->draft->map, get_pack (self->draft),
                                  self->draft->inspection);

  for (guint i = 0; i < constants->len; i++)
    {
      const CcConstant *constant = g_ptr_array_index (constants, i);

      if (line->subject == constant->target->variable)
        ask_codes (self, constant->key, constant->target->variable, constant);
    }
}

gboolean
cc_import_constants_activate (CcImportConstants *self, CcImportLine *line)
{
  g_return_val_if_fail (CC_IS_IMPORT_CONSTANTS (self) && CC_IS_IMPORT_LINE (line), FALSE);
  if (line->owner != self)
    return FALSE;
  if (!is_ready (self))
    return TRUE;
  if (line == self->more)
    ask_variable (self);
  else
    ask_again (self, line);
  return TRUE;
}

static void
add_text (CcImportConstants *self, CcLineKind kind, const char *text)
{
  g_autoptr (CcImportLine) line = cc_import_line_new (kind, text);

  g_list_store_append (self->lines, line);
}

static gboolean
has_section (CcImportDraft *draft)
{
  g_autoptr (GPtrArray) constants =
      cc_map_list_file_constants (draft->map, get_pack (draft), draft->inspection);
  g_autoptr (GPtrArray) targets =
      cc_map_list_constant_targets (draft->map, get_pack (draft), draft->inspection);

  return constants->len + targets->len > 0;
}

void
cc_import_constants_add (CcImportConstants *self, CcImportDraft *draft)
{
  g_return_if_fail (CC_IS_IMPORT_CONSTANTS (self) && CC_IS_IMPORT_DRAFT (draft));
  g_set_weak_pointer (&self->draft, draft);
  self->shown = draft->inspection;
  g_clear_object (&self->more);
  g_clear_pointer (&self->key, g_free);
  if (!is_ready (self) || !has_section (draft))
    return;
  add_text (self, CC_LINE_HEADING, _ ("Said for every row"));
  add_text (self, CC_LINE_TEXT,
            _ ("What stands in no column and holds for the whole file, such as the country or the "
               "form of exploitation. It is kept for the next files of this agency."));
  self->more = cc_import_line_new (CC_LINE_MORE, _ ("Say Something for Every Row…"));
  self->more->owner = self;
  g_list_store_append (self->lines, self->more);
  show_constants (self);
}

void
cc_import_constants_update (CcImportConstants *self)
{
  g_return_if_fail (CC_IS_IMPORT_CONSTANTS (self));
  if (is_ready (self) && self->more != NULL)
    show_constants (self);
}

static void
cc_import_constants_finalize (GObject *object)
{
  CcImportConstants *self = CC_IMPORT_CONSTANTS (object);

  g_clear_weak_pointer (&self->draft);
  g_clear_object (&self->more);
  g_clear_object (&self->lines);
  g_free (self->key);
  G_OBJECT_CLASS (cc_import_constants_parent_class)->finalize (object);
}

static void
cc_import_constants_class_init (CcImportConstantsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_import_constants_finalize;
  signals[CHANGED] = g_signal_new ("changed", CC_TYPE_IMPORT_CONSTANTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_import_constants_init (CcImportConstants *self)
{
}

/**
 * near: (transfer none): the step, which outlives what is made here
 * lines: those that its list shows
 */
CcImportConstants *
cc_import_constants_new (GtkWidget *near, GListStore *lines)
{
  CcImportConstants *self = g_object_new (CC_TYPE_IMPORT_CONSTANTS, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (near) && G_IS_LIST_STORE (lines), self);
  self->near = near;
  self->lines = g_object_ref (lines);
  return self;
}
