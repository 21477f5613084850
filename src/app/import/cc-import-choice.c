/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-choice.h"

#include <string.h>
#include <cc/base/cc-text.h>

struct _CcImportChoice
{
  GObject parent_instance;

  char    *value;
  char    *label;
  char    *detail;
  char    *folded; /* of the label */
  char    *words;  /* folded: whatever else may be typed for it */
  gboolean rare;
  gboolean selected;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CcImportChoice, cc_import_choice, G_TYPE_OBJECT)

static void
cc_import_choice_finalize (GObject *object)
{
  CcImportChoice *self = CC_IMPORT_CHOICE (object);

  g_free (self->value);
  g_free (self->label);
  g_free (self->detail);
  g_free (self->folded);
  g_free (self->words);
  G_OBJECT_CLASS (cc_import_choice_parent_class)->finalize (object);
}

static void
cc_import_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_SELECTED)
    g_value_set_boolean (value, CC_IMPORT_CHOICE (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_import_choice_class_init (CcImportChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_import_choice_finalize;
  G_OBJECT_CLASS (klass)->get_property = cc_import_choice_get_property;
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
cc_import_choice_init (CcImportChoice *self)
{
}

/**
 * value: what the caller gets back
 * detail: (nullable): a second, quiet line
 * words: (nullable): what else may be typed for it
 */
CcImportChoice *
cc_import_choice_new (const char *value, const char *label, const char *detail, const char *words)
{
  CcImportChoice  *self = g_object_new (CC_TYPE_IMPORT_CHOICE, NULL);
  g_autofree char *all =
      g_strjoin (" ", value, detail != NULL ? detail : "", words != NULL ? words : "", NULL);

  self->value = g_strdup (value);
  self->label = g_strdup (label);
  self->detail = g_strdup (detail != NULL ? detail : "");
  self->folded = cc_text_fold (label);
  self->words = cc_text_fold (all);
  return self;
}

const char *
cc_import_choice_get_value (CcImportChoice *self)
{
  return self->value;
}

const char *
cc_import_choice_get_label (CcImportChoice *self)
{
  return self->label;
}

const char *
cc_import_choice_get_detail (CcImportChoice *self)
{
  return self->detail;
}

void
cc_import_choice_set_rare (CcImportChoice *self, gboolean rare)
{
  self->rare = rare;
}

void
cc_import_choice_set_selected (CcImportChoice *self, gboolean selected)
{
  if (self->selected == !!selected)
    return;
  self->selected = !!selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

gboolean
cc_import_choice_get_selected (CcImportChoice *self)
{
  return self->selected;
}

static gboolean
begins_word (const char *text, const char *part)
{
  for (const char *found = strstr (text, part); found != NULL; found = strstr (found + 1, part))
    if (found == text || found[-1] == ' ')
      return TRUE;
  return FALSE;
}

int
cc_import_choice_rank (CcImportChoice *self, const char *folded)
{
  if (folded[0] == '\0')
    return self->rare && !self->selected ? -1 : 0;
  if (g_str_has_prefix (self->folded, folded))
    return 0;
  if (begins_word (self->folded, folded))
    return 1;
  return strstr (self->folded, folded) != NULL || begins_word (self->words, folded) ? 2 : -1;
}
