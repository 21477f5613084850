/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-tree.h"

#include "cc-choice.h"
#include "cc-editor-texts.h"
#include "widgets/cc-list-names.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

#define INDENT 18

/* Lines are CcChoice: id is the unit, label its name, detail its summary. */
struct _CcCaseTree
{
  AdwBin parent_instance;

  GtkListView        *view;
  GListStore         *store;
  GtkSingleSelection *selection;
  gboolean            own_change;
};

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcCaseTree, cc_case_tree, ADW_TYPE_BIN)

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *summary = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (summary), 0);
  gtk_label_set_wrap (GTK_LABEL (summary), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (summary), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (summary), 2);
  gtk_label_set_ellipsize (GTK_LABEL (summary), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_widget_add_css_class (summary, "caption");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_list_item_set_child (item, box);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  CcChoice   *line = gtk_list_item_get_item (item);
  GtkWidget  *box = gtk_list_item_get_child (item);
  GtkWidget  *name = gtk_widget_get_first_child (box);
  GtkWidget  *summary = gtk_widget_get_next_sibling (name);
  const char *text = cc_choice_get_detail (line);

  gtk_label_set_label (GTK_LABEL (name), cc_choice_get_label (line));
  gtk_label_set_label (GTK_LABEL (summary), text != NULL ? text : "");
  gtk_widget_set_visible (summary, text != NULL);
  cc_list_line_name (box, cc_choice_get_label (line), text);
  gtk_widget_set_margin_start (box, INDENT * (int) cc_choice_get_depth (line));
  /* What belongs to one victim hangs together, apart from the next. */
  gtk_widget_set_margin_top (box, cc_choice_get_depth (line) == 0 ? 9 : 3);
  if (cc_choice_get_depth (line) == 0)
    gtk_widget_add_css_class (name, "heading");
  else
    gtk_widget_remove_css_class (name, "heading");
}

static void
on_selected_cb (CcCaseTree *self)
{
  if (!self->own_change && cc_case_tree_get_selected (self) != NULL)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
cc_case_tree_dispose (GObject *object)
{
  g_clear_object (&CC_CASE_TREE (object)->store);
  G_OBJECT_CLASS (cc_case_tree_parent_class)->dispose (object);
}

static void
cc_case_tree_class_init (CcCaseTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_case_tree_dispose;
  signals[SELECTED] = g_signal_new ("selected", CC_TYPE_CASE_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
cc_case_tree_init (CcCaseTree *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->store = g_list_store_new (CC_TYPE_CHOICE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (g_steal_pointer (&self->selection)), factory));
  self->selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->view));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "navigation-sidebar");
  cc_tab_make_one_stop (GTK_WIDGET (self->view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Parts of the Case"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
}

CcCaseTree *
cc_case_tree_new (void)
{
  return g_object_new (CC_TYPE_CASE_TREE, NULL);
}

static CcChoice *
create_line (CcSession *session, CcCaseDraft *draft, CcDraftUnit *unit)
{
  g_autofree char *name = cc_editor_name_unit (draft, unit);
  g_autofree char *summary = cc_editor_summarise_unit (session, unit);

  return cc_choice_new (unit, name, summary, cc_draft_unit_get_depth (unit));
}

static gboolean
is_same (CcChoice *a, CcChoice *b)
{
  return cc_choice_get_id (a) == cc_choice_get_id (b)
         && g_strcmp0 (cc_choice_get_label (a), cc_choice_get_label (b)) == 0
         && g_strcmp0 (cc_choice_get_detail (a), cc_choice_get_detail (b)) == 0;
}

/* Only lines that say something new are replaced: the mark and the scrolling stay. */
static void
put_lines (CcCaseTree *self, GPtrArray *lines)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < lines->len && i < n; i++)
    {
      g_autoptr (CcChoice) old = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (!is_same (old, lines->pdata[i]))
        g_list_store_splice (self->store, i, 1, &lines->pdata[i], 1);
    }
  if (n > lines->len)
    g_list_store_splice (self->store, lines->len, n - lines->len, NULL, 0);
  else if (n < lines->len)
    g_list_store_splice (self->store, n, 0, &lines->pdata[n], lines->len - n);
}

void
cc_case_tree_show (CcCaseTree *self, CcSession *session, CcCaseDraft *draft, CcDraftUnit *selected)
{
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (CC_IS_CASE_TREE (self) && draft != NULL);
  units = cc_case_draft_list (draft);
  for (guint i = 0; i < units->len; i++)
    g_ptr_array_add (lines, create_line (session, draft, units->pdata[i]));
  self->own_change = TRUE;
  put_lines (self, lines);
  cc_case_tree_select (self, selected);
  self->own_change = FALSE;
}

void
cc_case_tree_empty (CcCaseTree *self)
{
  g_return_if_fail (CC_IS_CASE_TREE (self));
  self->own_change = TRUE;
  g_list_store_remove_all (self->store);
  self->own_change = FALSE;
}

static CcDraftUnit *
get_unit (CcCaseTree *self, guint position)
{
  g_autoptr (CcChoice) line = g_list_model_get_item (G_LIST_MODEL (self->store), position);

  return line != NULL ? (CcDraftUnit *) cc_choice_get_id (line) : NULL;
}

CcDraftUnit *
cc_case_tree_get_selected (CcCaseTree *self)
{
  const guint at = gtk_single_selection_get_selected (self->selection);

  g_return_val_if_fail (CC_IS_CASE_TREE (self), NULL);
  return at == GTK_INVALID_LIST_POSITION ? NULL : get_unit (self, at);
}

CcDraftUnit *
cc_case_tree_get_next (CcCaseTree *self, int by)
{
  const guint at = gtk_single_selection_get_selected (self->selection);

  g_return_val_if_fail (CC_IS_CASE_TREE (self), NULL);
  if (at == GTK_INVALID_LIST_POSITION || (by < 0 && at < (guint) -by))
    return NULL;
  return get_unit (self, at + (guint) by);
}

void
cc_case_tree_select (CcCaseTree *self, CcDraftUnit *unit)
{
  g_return_if_fail (CC_IS_CASE_TREE (self));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    if (get_unit (self, i) == unit)
      gtk_single_selection_set_selected (self->selection, i);
}

guint
cc_case_tree_get_n (CcCaseTree *self)
{
  g_return_val_if_fail (CC_IS_CASE_TREE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}
