/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-form-section.h"

#include <glib/gi18n.h>

struct _CcFormSectionView
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *card;
  GtkWidget *fold; /* toggle button */
  GtkWidget *fold_icon;
  GtkWidget *fold_label;
  GtkWidget *revealer;
  GtkWidget *rest; /* box of the folded questions */
  guint      n_essential;
  guint      n_more;

  CcFormSectionFunc make_more; /* NULL as soon as they are made */
  gpointer          data;
};

G_DEFINE_FINAL_TYPE (CcFormSectionView, cc_form_section_view, GTK_TYPE_BOX)

static void
on_toggled_cb (CcFormSectionView *self)
{
  const gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->fold));

  if (open)
    cc_form_section_make_more (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->fold_icon),
                                open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

static void
cc_form_section_view_class_init (CcFormSectionViewClass *klass)
{
}

static void
create_fold (CcFormSectionView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->fold = gtk_toggle_button_new ();
  self->fold_icon = gtk_image_new_from_icon_name ("pan-end-symbolic");
  self->fold_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->fold_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->fold_label), TRUE);
  gtk_box_append (GTK_BOX (box), self->fold_icon);
  gtk_box_append (GTK_BOX (box), self->fold_label);
  gtk_button_set_child (GTK_BUTTON (self->fold), box);
  gtk_widget_add_css_class (self->fold, "flat");
  gtk_widget_add_css_class (self->fold, "fold");
  gtk_widget_set_visible (self->fold, FALSE);
  g_signal_connect_swapped (self->fold, "toggled", G_CALLBACK (on_toggled_cb), self);
  self->revealer = gtk_revealer_new ();
  self->rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->rest, "rest");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->rest);
}

static void
cc_form_section_view_init (CcFormSectionView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (self), self->title);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_add_css_class (self->card, "form-card");
  gtk_widget_set_overflow (self->card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self), self->card);
  create_fold (self);
  gtk_box_append (GTK_BOX (self->card), self->fold);
  gtk_box_append (GTK_BOX (self->card), self->revealer);
}

CcFormSectionView *
cc_form_section_new (const char *title)
{
  CcFormSectionView *self = g_object_new (CC_TYPE_FORM_SECTION_VIEW, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  return self;
}

void
cc_form_section_append (CcFormSectionView *self, CcFieldRow *row, gboolean more)
{
  g_return_if_fail (CC_IS_FORM_SECTION_VIEW (self) && CC_IS_FIELD_ROW (row));
  gtk_widget_add_css_class (GTK_WIDGET (row), "field");
  if (more)
    {
      gtk_box_append (GTK_BOX (self->rest), GTK_WIDGET (row));
      return;
    }
  gtk_box_insert_child_after (GTK_BOX (self->card), GTK_WIDGET (row),
                              gtk_widget_get_prev_sibling (self->fold));
  self->n_essential++;
}

/**
 * The questions that are folded away are made when somebody wants to see them: most cases leave
 * most of them empty, and all of them at once hold up the form.
 *
 * make: appends them to the section; called at most once
 * data: borrowed, as long as the section lives
 */
void
cc_form_section_set_more (CcFormSectionView *self, guint n, CcFormSectionFunc make, gpointer data)
{
  g_return_if_fail (CC_IS_FORM_SECTION_VIEW (self) && make != NULL);
  self->n_more = n;
  self->make_more = n > 0 ? make : NULL;
  self->data = data;
  gtk_widget_set_visible (self->fold, n > 0);
}

void
cc_form_section_make_more (CcFormSectionView *self)
{
  CcFormSectionFunc make;

  g_return_if_fail (CC_IS_FORM_SECTION_VIEW (self));
  make = g_steal_pointer (&self->make_more);
  if (make != NULL)
    make (self, self->data);
}

/**
 * n: how many of the folded questions are answered
 */
void
cc_form_section_update (CcFormSectionView *self, guint n)
{
  g_autofree char *questions = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (CC_IS_FORM_SECTION_VIEW (self));
  /* Translators: questions of a form that are folded away. */
  questions =
      self->n_essential > 0
          ? g_strdup_printf (ngettext ("%u more question", "%u more questions", self->n_more),
                             self->n_more)
          : g_strdup_printf (ngettext ("%u question", "%u questions", self->n_more), self->n_more);
  if (n == 0)
    text = g_steal_pointer (&questions);
  else
    {
      g_autofree char *answers = g_strdup_printf (ngettext ("%u answered", "%u answered", n), n);

      /* Translators: "12 more questions" and "2 answered". */
      text = g_strdup_printf (_ ("%s, %s"), questions, answers);
    }
  gtk_label_set_label (GTK_LABEL (self->fold_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

void
cc_form_section_unfold (CcFormSectionView *self)
{
  g_return_if_fail (CC_IS_FORM_SECTION_VIEW (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold), TRUE);
}
