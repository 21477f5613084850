/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-cells.h"

#include "cases/cc-cases-load.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-text-cell.h"
#include "widgets/cc-lazy-item.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

#define ITEM_KEY "casecount-list-item"

/* Cells of the raw row that its line shows; the pane shows all. */
#define MOST_CELLS 6

typedef struct
{
  CcSession *session;
  char      *unit;
  gboolean   parked;
  CcCell     cell;
} Column;

static void
column_free (gpointer data, GClosure *closure)
{
  Column *self = data;

  cc_session_unref (self->session);
  g_free (self->unit);
  g_free (self);
}

/* Both are NULL where nothing has been read yet. */
static const CcRecordRow *
get_row (const Column *self, CcLazyItem *item)
{
  return self->parked ? NULL : cc_lazy_item_get_row (item);
}

static const CcParkedRow *
get_parked (const Column *self, CcLazyItem *item)
{
  return self->parked ? cc_lazy_item_get_row (item) : NULL;
}

static char *
join_cells (const CcParkedRow *row)
{
  GString *text = g_string_new (NULL);
  guint    n = 0;

  for (guint i = 0; row->cells != NULL && row->cells[i] != NULL && n < MOST_CELLS; i++)
    {
      if (*row->cells[i] == '\0')
        continue;
      if (n++ > 0)
        g_string_append (text, " · ");
      g_string_append (text, row->cells[i]);
    }
  return g_string_free (text, FALSE);
}

static char *
format_parked (const Column *self, const CcParkedRow *row)
{
  g_autofree char *number = NULL;

  switch (self->cell)
    {
    case CC_CELL_REASON:
      return cc_cases_reason (self->session, row->reason);
    case CC_CELL_PARKED_AGENCY:
      return g_strdup (row->agency);
    case CC_CELL_FILE:
      return g_strdup (row->file_name);
    case CC_CELL_ROW:
      number = cc_session_format_number (self->session, row->row);
      if (row->sheet == NULL || *row->sheet == '\0')
        return g_steal_pointer (&number);
      return g_strdup_printf ("%s · %s", row->sheet, number);
    default:
      return join_cells (row);
    }
}

static char *
format_record (const Column *self, const CcRecordRow *row)
{
  switch (self->cell)
    {
    case CC_CELL_NAME:
      return g_strdup (row->name);
    case CC_CELL_NUMBER:
      return g_strdup (row->number);
    case CC_CELL_AGENCY:
      return g_strdup (row->agency);
    case CC_CELL_DATE:
      /* Short, the same in every language, and not to be read as month and day. */
      return cc_interval_is_known (row->date) ? cc_interval_to_iso (row->date) : NULL;
    case CC_CELL_SEX:
      return cc_cases_format_code (self->session, row->sex);
    case CC_CELL_AGE:
      return cc_cases_format_age (self->session, row->age_min, row->age_max);
    case CC_CELL_STATUS:
      return cc_cases_format_code (self->session, row->status);
    case CC_CELL_VICTIMS:
      return cc_session_format_number (self->session, row->n_victims);
    case CC_CELL_PERPETRATORS:
      return cc_session_format_number (self->session, row->n_perpetrators);
    default:
      return NULL;
    }
}

static void
show_text (const Column *self, CcTextCell *cell, CcLazyItem *item)
{
  const CcRecordRow *row = get_row (self, item);
  const CcParkedRow *parked = get_parked (self, item);
  g_autofree char   *text = NULL;

  if (row != NULL)
    text = format_record (self, row);
  else if (parked != NULL)
    text = format_parked (self, parked);
  else
    text = cc_lazy_item_get_id (item) != 0 ? g_strdup ("…") : NULL;
  cc_text_cell_set_label (cell, text);
}

/* The errors first; what every second line has (typed in, withdrawn among withdrawn) is not shown
 * as a sign. */
static const CcRecordSign shown_signs[] = { CC_SIGN_ERROR, CC_SIGN_WARNING, CC_SIGN_PAIR,
                                            CC_SIGN_JOINED, CC_SIGN_WITHDRAWN };

static GtkWidget *
create_sign (const Column *self, CcRecordSign sign)
{
  const char *text = cc_cases_sign_text (sign, self->unit);
  GtkWidget  *image = gtk_image_new_from_icon_name (cc_cases_sign_icon (sign));

  cc_tip_set_text (image, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (sign == CC_SIGN_ERROR)
    gtk_widget_add_css_class (image, "error");
  else if (sign == CC_SIGN_WARNING)
    gtk_widget_add_css_class (image, "warning");
  return image;
}

/* Most lines have no sign, or the same as the one whose place they take. */
static void
show_signs (const Column *self, GtkWidget *box, CcLazyItem *item)
{
  const CcRecordRow *row = get_row (self, item);
  const guint        signs = row != NULL ? row->signs : 0;
  GtkWidget         *child;

  if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (box), "signs")) == signs)
    return;
  g_object_set_data (G_OBJECT (box), "signs", GUINT_TO_POINTER (signs));
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  for (guint i = 0; i < G_N_ELEMENTS (shown_signs); i++)
    if (signs & shown_signs[i])
      gtk_box_append (GTK_BOX (box), create_sign (self, shown_signs[i]));
}

GtkWidget *
cc_record_cells_get_line (GtkWidget *content)
{
  GtkWidget *cell = gtk_widget_get_parent (content);

  return cell != NULL ? gtk_widget_get_parent (cell) : NULL;
}

/* A line is one stop of the keyboard: it says all that its cells say. */
static void
name_line (const Column *self, GtkWidget *child, CcLazyItem *item)
{
  const CcRecordRow *row = get_row (self, item);
  const CcParkedRow *parked = get_parked (self, item);
  GtkWidget         *line = cc_record_cells_get_line (child);
  g_autofree char   *name = NULL;

  if (line == NULL)
    return;
  if (row != NULL)
    name = cc_cases_describe_row (self->session, self->unit, row);
  else if (parked != NULL)
    name = cc_cases_describe_parked (self->session, parked);
  else
    name = g_strdup (_ ("Loading"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show (const Column *self, GtkWidget *child, CcLazyItem *item)
{
  if (self->cell == CC_CELL_SIGNS)
    show_signs (self, child, item);
  else
    show_text (self, CC_TEXT_CELL (child), item);
  if (self->cell == CC_CELL_SIGNS || self->cell == CC_CELL_REASON)
    name_line (self, child, item);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  const Column *self = user_data;
  GtkWidget    *child;

  child = self->cell == CC_CELL_SIGNS ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3)
                                      : cc_text_cell_new ();
  g_object_set_data (G_OBJECT (child), ITEM_KEY, list_item);
  gtk_list_item_set_child (list_item, child);
}

typedef struct
{
  const Column *column;
  GtkWidget    *child;
} Bound;

static void
on_read (CcLazyItem *item, GParamSpec *spec, Bound *bound)
{
  show (bound->column, bound->child, item);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  CcLazyItem *item = gtk_list_item_get_item (list_item);
  Bound      *bound = g_new0 (Bound, 1);

  bound->column = user_data;
  bound->child = gtk_list_item_get_child (list_item);
  g_signal_connect_data (item, "notify::row", G_CALLBACK (on_read), bound,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  g_object_set_data (G_OBJECT (list_item), "bound", bound);
  show (bound->column, bound->child, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gpointer bound = g_object_steal_data (G_OBJECT (list_item), "bound");

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), bound);
}

GtkListItemFactory *
cc_record_cells_new (CcSession *session, const char *unit, CcCell cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column             *column = g_new0 (Column, 1);

  column->session = cc_session_ref (session);
  column->unit = g_strdup (unit);
  column->parked = g_str_equal (unit, CC_CASES_PARKED);
  column->cell = cell;
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), column, column_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), column);
  return factory;
}

GtkListItem *
cc_record_cells_find (GtkWidget *picked)
{
  for (GtkWidget *widget = picked; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      gpointer   found = g_object_get_data (G_OBJECT (widget), ITEM_KEY);

      if (found == NULL && child != NULL)
        found = g_object_get_data (G_OBJECT (child), ITEM_KEY);
      if (found != NULL)
        return found;
    }
  return NULL;
}
