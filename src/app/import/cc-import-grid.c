/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-grid.h"

#include "cc-import-texts.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

/* A wider sheet shows its first columns; all of them come in the next step. */
#define MAX_COLUMNS 40
/* Rows that are added between two frames: each has a widget for each column. */
#define ROWS_AT_ONCE 6
/* Rows that are taken away between two frames. */
#define ROWS_AWAY 12
/* In milliseconds. */
#define PAUSE        15
#define COLUMN_WIDTH 132
/* Cells of a row that are read aloud with it; the others are reached one by one. */
#define READ_CELLS 6

#define CC_TYPE_IMPORT_GRID_ROW (cc_import_grid_row_get_type ())
G_DECLARE_FINAL_TYPE (CcImportGridRow, cc_import_grid_row, CC, IMPORT_GRID_ROW, GObject)

struct _CcImportGridRow
{
  GObject       parent_instance;
  CcPreviewRow *row; /* of the grid's preview */
};

G_DEFINE_FINAL_TYPE (CcImportGridRow, cc_import_grid_row, G_TYPE_OBJECT)

static void
cc_import_grid_row_class_init (CcImportGridRowClass *klass)
{
}

static void
cc_import_grid_row_init (CcImportGridRow *self)
{
}

struct _CcImportGrid
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GListStore    *rows;
  CcPreview     *preview; /* what the rows show */
  guint          n_added;
  CcPreview     *next;   /* comes when the rows of the former are away */
  GHashTable    *hidden; /* columns of the next */
  gboolean       right_to_left;
  guint          mover; /* rows come or go */
};

G_DEFINE_FINAL_TYPE (CcImportGrid, cc_import_grid, ADW_TYPE_BIN)

static const char *
find_text (const CcPreviewRow *row, guint column, gboolean *merged)
{
  *merged = FALSE;
  if (column < row->texts->len && g_ptr_array_index (row->texts, column) != NULL)
    return g_ptr_array_index (row->texts, column);
  /* A title says its text once, however wide its merged cell is. */
  if (row->kind == CC_PREVIEW_ABOVE || column >= row->merged->len
      || g_ptr_array_index (row->merged, column) == NULL)
    return "";
  *merged = TRUE;
  return g_ptr_array_index (row->merged, column);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  /* As the sheet runs, not as the window does. */
  gtk_widget_set_direction (cell, gtk_widget_get_direction (user_data));

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 0);
  gtk_list_item_set_child (item, cell);
}

/* Header and excluded rows look other than data, and the first column says in words what they
 * are. */
static void
style_cell (GtkWidget *cell, const CcPreviewRow *row, gboolean quiet)
{
  const gboolean header = row->kind == CC_PREVIEW_HEADER;
  const gboolean data = row->kind == CC_PREVIEW_DATA;

  gtk_widget_remove_css_class (cell, "heading");
  gtk_widget_remove_css_class (cell, "dim-label");
  if (header)
    gtk_widget_add_css_class (cell, "heading");
  if ((!header && !data) || quiet || row->hidden)
    gtk_widget_add_css_class (cell, "dim-label");
}

static void
on_bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CcImportGridRow *row = gtk_list_item_get_item (item);
  GtkWidget       *cell = gtk_list_item_get_child (item);
  gboolean         merged;
  const char      *text = find_text (row->row, GPOINTER_TO_UINT (user_data), &merged);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  cc_tip_set_text (cell, text[0] != '\0' ? text : NULL);
  style_cell (cell, row->row, merged);
}

/* What a screen reader says for the row as a whole: number, what it is taken for, first cells. */
static void
name_row (GtkWidget *cell, const CcPreviewRow *row, const char *head)
{
  GtkWidget *holder = gtk_widget_get_parent (cell);
  g_autoptr (GString) text = g_string_new (NULL);

  holder = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  if (holder == NULL)
    return;
  g_string_append_printf (text, _ ("Row %s"), head);
  for (guint i = 0; i < MIN (row->texts->len, READ_CELLS); i++)
    {
      gboolean    merged;
      const char *part = find_text (row, i, &merged);

      if (part[0] != '\0' && !merged)
        g_string_append_printf (text, ", %s", part);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static void
on_bind_head (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CcImportGridRow *row = gtk_list_item_get_item (item);
  GtkWidget       *cell = gtk_list_item_get_child (item);
  const char      *kind = cc_import_describe_row_kind (row->row->kind);
  g_autofree char *shown = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u", row->row->row + 1);
  if (kind != NULL)
    g_string_append_printf (text, " · %s", kind);
  if (row->row->hidden)
    /* Translators: a row or column that a sheet hides. */
    g_string_append_printf (text, " · %s", _ ("hidden"));
  /* All stand at the side where the sheet begins, also words of a window that is read otherwise. */
  shown = g_strconcat (gtk_widget_get_direction (cell) == GTK_TEXT_DIR_RTL ? "\u200f" : "\u200e",
                       text->str, NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), shown);
  cc_tip_set_text (cell, text->str);
  style_cell (cell, row->row, row->row->kind == CC_PREVIEW_DATA);
  name_row (cell, row->row, text->str);
}

/* Columns follow the size of text. */
static int
scale_width (GtkWidget *widget, int width)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? width * (dpi / 1024) / 96 : width;
}

static void
add_column (CcImportGrid *self, const char *title, GCallback bind, guint index, int width)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self->view);
  g_signal_connect (factory, "bind", bind, GUINT_TO_POINTER (index));
  gtk_column_view_column_set_fixed_width (column, scale_width (GTK_WIDGET (self->view), width));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);
}

static char *
name_column (CcImportGrid *self, guint column)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (letters, (char) ('A' + (n - 1) % 26));
  if (self->hidden != NULL && g_hash_table_contains (self->hidden, GUINT_TO_POINTER (column)))
    g_string_append_printf (letters, " · %s", _ ("hidden"));
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static void
remove_columns (CcImportGrid *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
clear (CcImportGrid *self)
{
  g_clear_handle_id (&self->mover, g_source_remove);
  g_list_store_remove_all (self->rows);
  remove_columns (self);
  g_clear_pointer (&self->preview, cc_preview_free);
  g_clear_pointer (&self->next, cc_preview_free);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
}

static gboolean
add_rows (CcImportGrid *self)
{
  for (guint i = 0; i < ROWS_AT_ONCE && self->n_added < self->preview->rows->len; i++)
    {
      g_autoptr (CcImportGridRow) row = g_object_new (CC_TYPE_IMPORT_GRID_ROW, NULL);

      row->row = g_ptr_array_index (self->preview->rows, self->n_added++);
      g_list_store_append (self->rows, row);
    }
  return self->n_added < self->preview->rows->len;
}

/* The last ones first: what is looked at stays until the end. */
static gboolean
remove_rows (CcImportGrid *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  const guint away = MIN (n, ROWS_AWAY);

  if (n > 0)
    g_list_store_splice (self->rows, n - away, away, NULL, 0);
  return n > 0;
}

static void
show_next (CcImportGrid *self)
{
  remove_columns (self);
  g_clear_pointer (&self->preview, cc_preview_free);
  self->preview = g_steal_pointer (&self->next);
  self->n_added = 0;
  gtk_widget_set_direction (GTK_WIDGET (self->view),
                            self->right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  add_column (self, _ ("Row"), G_CALLBACK (on_bind_head), 0, COLUMN_WIDTH);
  for (guint i = 0; i < MIN (self->preview->n_columns, MAX_COLUMNS); i++)
    {
      g_autofree char *title = name_column (self, i);

      add_column (self, title, G_CALLBACK (on_bind_cell), i, COLUMN_WIDTH);
    }
}

/* Returns: whether there is more to do */
static gboolean
move_rows (CcImportGrid *self)
{
  if (self->next != NULL && remove_rows (self))
    return TRUE;
  if (self->next != NULL)
    show_next (self);
  return add_rows (self);
}

static gboolean
on_pause_ended (gpointer user_data)
{
  CcImportGrid *self = user_data;

  if (move_rows (self))
    return G_SOURCE_CONTINUE;
  self->mover = 0;
  return G_SOURCE_REMOVE;
}

static void
cc_import_grid_dispose (GObject *object)
{
  CcImportGrid *self = CC_IMPORT_GRID (object);

  if (self->view != NULL)
    clear (self);
  self->view = NULL;
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (cc_import_grid_parent_class)->dispose (object);
}

static void
cc_import_grid_class_init (CcImportGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_grid_dispose;
}

static void
cc_import_grid_init (CcImportGrid *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_list_store_new (CC_TYPE_IMPORT_GRID_ROW);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows))))));
  gtk_column_view_set_show_column_separators (self->view, TRUE);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  cc_tab_make_one_stop (GTK_WIDGET (self->view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("First rows of the table"), -1);
  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (self->view)); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    if (GTK_IS_LIST_VIEW (part))
      gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("First rows of the table"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
cc_import_grid_set_preview (CcImportGrid         *self,
                            CcPreview            *preview,
                            const CcInspectTable *table,
                            gboolean              right_to_left)
{
  g_return_if_fail (CC_IS_IMPORT_GRID (self) && preview != NULL);
  g_clear_pointer (&self->next, cc_preview_free);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  self->next = preview;
  self->right_to_left = right_to_left;
  self->hidden = g_hash_table_new (NULL, NULL);
  for (guint i = 0; table != NULL && i < table->columns->len; i++)
    {
      const CcInspectColumn *column = g_ptr_array_index (table->columns, i);

      if (column->hidden)
        g_hash_table_add (self->hidden, GUINT_TO_POINTER (column->column));
    }
  if (self->mover == 0 && move_rows (self))
    self->mover = g_timeout_add (PAUSE, on_pause_ended, self);
}

gboolean
cc_import_grid_take_apart (CcImportGrid *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_GRID (self), FALSE);
  g_clear_handle_id (&self->mover, g_source_remove);
  return remove_rows (self);
}
