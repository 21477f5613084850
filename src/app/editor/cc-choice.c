/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-choice.h"

struct _CcChoice
{
  GObject parent_instance;

  gconstpointer id;
  char         *label;
  char         *detail;
  guint         depth;
};

G_DEFINE_FINAL_TYPE (CcChoice, cc_choice, G_TYPE_OBJECT)

static void
cc_choice_finalize (GObject *object)
{
  CcChoice *self = CC_CHOICE (object);

  g_free (self->label);
  g_free (self->detail);
  G_OBJECT_CLASS (cc_choice_parent_class)->finalize (object);
}

static void
cc_choice_class_init (CcChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_choice_finalize;
}

static void
cc_choice_init (CcChoice *self)
{
}

/**
 * detail: (nullable): what else there is to say of it, in smaller letters
 * depth: how far it stands below the top of its tree
 */
CcChoice *
cc_choice_new (gconstpointer id, const char *label, const char *detail, guint depth)
{
  CcChoice *self = g_object_new (CC_TYPE_CHOICE, NULL);

  self->id = id;
  self->label = g_strdup (label);
  self->detail = g_strdup (detail);
  self->depth = depth;
  return self;
}

gconstpointer
cc_choice_get_id (CcChoice *self)
{
  return self->id;
}

const char *
cc_choice_get_label (CcChoice *self)
{
  return self->label;
}

const char *
cc_choice_get_detail (CcChoice *self)
{
  return self->detail;
}

guint
cc_choice_get_depth (CcChoice *self)
{
  return self->depth;
}
