/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-step.h"

typedef struct
{
  CcImportDraft *draft;
} CcImportStepPrivate;

enum
{
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcImportStep, cc_import_step, ADW_TYPE_BIN)

static void
cc_import_step_dispose (GObject *object)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (CC_IMPORT_STEP (object));

  g_clear_object (&priv->draft);
  G_OBJECT_CLASS (cc_import_step_parent_class)->dispose (object);
}

static void
cc_import_step_class_init (CcImportStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_step_dispose;
  signals[SETTLED] = g_signal_new ("settled", CC_TYPE_IMPORT_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cc_import_step_init (CcImportStep *self)
{
}

/**
 * draft: (nullable): the file whose step it is; nothing is shown before cc_import_step_load ()
 */
void
cc_import_step_set_draft (CcImportStep *self, CcImportDraft *draft)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_if_fail (CC_IS_IMPORT_STEP (self));
  g_set_object (&priv->draft, draft);
}

/**
 * Returns: (transfer none) (nullable): the file
 */
CcImportDraft *
cc_import_step_get_draft (CcImportStep *self)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_val_if_fail (CC_IS_IMPORT_STEP (self), NULL);
  return priv->draft;
}

void
cc_import_step_load (CcImportStep *self)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_if_fail (CC_IS_IMPORT_STEP (self));
  if (priv->draft != NULL)
    CC_IMPORT_STEP_GET_CLASS (self)->load (self, priv->draft);
}

/**
 * Returns: (transfer full) (nullable): why the next step has to wait
 */
char *
cc_import_step_find_obstacle (CcImportStep *self)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_val_if_fail (CC_IS_IMPORT_STEP (self), NULL);
  if (priv->draft == NULL || CC_IMPORT_STEP_GET_CLASS (self)->find_obstacle == NULL)
    return NULL;
  return CC_IMPORT_STEP_GET_CLASS (self)->find_obstacle (self, priv->draft);
}

/**
 * Returns: (transfer full) (nullable): what stays open if one goes on now, in one line
 */
char *
cc_import_step_describe_open (CcImportStep *self)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_val_if_fail (CC_IS_IMPORT_STEP (self), NULL);
  if (priv->draft == NULL || CC_IMPORT_STEP_GET_CLASS (self)->describe_open == NULL)
    return NULL;
  return CC_IMPORT_STEP_GET_CLASS (self)->describe_open (self, priv->draft);
}

/**
 * Returns: (transfer full) (nullable): what a person is to be asked before going on
 */
char *
cc_import_step_ask_open (CcImportStep *self)
{
  CcImportStepPrivate *priv = cc_import_step_get_instance_private (self);

  g_return_val_if_fail (CC_IS_IMPORT_STEP (self), NULL);
  if (priv->draft == NULL || CC_IMPORT_STEP_GET_CLASS (self)->ask_open == NULL)
    return NULL;
  return CC_IMPORT_STEP_GET_CLASS (self)->ask_open (self, priv->draft);
}

gboolean
cc_import_step_take_apart (CcImportStep *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_STEP (self), FALSE);
  return CC_IMPORT_STEP_GET_CLASS (self)->take_apart != NULL
         && CC_IMPORT_STEP_GET_CLASS (self)->take_apart (self);
}

void
cc_import_step_emit_settled (CcImportStep *self)
{
  g_signal_emit (self, signals[SETTLED], 0);
}
