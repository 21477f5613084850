/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-verdict-bar.h"

#include "cc-review-ask.h"

struct _CcVerdictBar
{
  AdwBin parent_instance;

  GtkFlowBox *buttons;
  GtkWidget  *same;
  GtkLabel   *same_label;
  GtkWidget  *different;
  GtkLabel   *different_label;
  GtkWidget  *related;
  GtkWidget  *take_out;

  gboolean folded;
  gboolean group;
};

G_DEFINE_FINAL_TYPE (CcVerdictBar, cc_verdict_bar, ADW_TYPE_BIN)

enum
{
  PROP_FOLDED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
arrange (CcVerdictBar *self)
{
  gtk_widget_set_visible (gtk_widget_get_parent (self->take_out), self->group);
  gtk_flow_box_set_max_children_per_line (self->buttons, (self->folded ? 2 : 4) + self->group);
}

static void
set_tip (GtkWidget *button, CcVerdict verdict, const char *kind, guint n_records, guint n_persons)
{
  g_autofree char *tip = cc_review_explain_verdict (verdict, kind, n_records, n_persons);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tip,
                                  -1);
}

static void
cc_verdict_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, CC_VERDICT_BAR (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_verdict_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CcVerdictBar *self = CC_VERDICT_BAR (object);

  if (id != PROP_FOLDED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  if (self->folded == g_value_get_boolean (value))
    return;
  self->folded = g_value_get_boolean (value);
  arrange (self);
  g_object_notify_by_pspec (object, spec);
}

static void
cc_verdict_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_VERDICT_BAR);
  G_OBJECT_CLASS (cc_verdict_bar_parent_class)->dispose (object);
}

static void
cc_verdict_bar_class_init (CcVerdictBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = cc_verdict_bar_get_property;
  G_OBJECT_CLASS (klass)->set_property = cc_verdict_bar_set_property;
  G_OBJECT_CLASS (klass)->dispose = cc_verdict_bar_dispose;
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-verdict-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, same);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, same_label);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, different);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, different_label);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, related);
  gtk_widget_class_bind_template_child (widget_class, CcVerdictBar, take_out);
}

static void
cc_verdict_bar_init (CcVerdictBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  arrange (self);
}

void
cc_verdict_bar_ask (CcVerdictBar *self, const char *kind, guint n_records, guint n_persons)
{
  g_return_if_fail (CC_IS_VERDICT_BAR (self) && kind != NULL);
  self->group = n_persons > 2;
  gtk_label_set_label (self->same_label, cc_review_get_button_word (CC_VERDICT_SAME, n_persons));
  gtk_label_set_label (self->different_label,
                       cc_review_get_button_word (CC_VERDICT_DIFFERENT, n_persons));
  set_tip (self->same, CC_VERDICT_SAME, kind, n_records, n_persons);
  set_tip (self->different, CC_VERDICT_DIFFERENT, kind, n_records, n_persons);
  set_tip (self->related, CC_VERDICT_RELATED, kind, n_records, n_persons);
  arrange (self);
}
