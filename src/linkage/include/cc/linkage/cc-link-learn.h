/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-linkage.h>

G_BEGIN_DECLS

/* Learning from what people decided: a model is learnt from their verdicts, compared with the one
 * in use, kept, and used only once a person has accepted it. */

/* Fewer verdicts teach nothing that would hold for the next ones. */
#define CC_LINK_LEAST_LABELS 50

#define CC_LINK_BANDS 10

/* How a model's probabilities fit verdicts: related counts as different. */
typedef struct
{
  guint  n;
  double agreement;         /* share of verdicts on the side of one half that the model is on */
  double log_loss;          /* mean surprise in bits; less is better */
  double calibration_error; /* mean distance of stated probability and share of "same" by band */
  struct
  {
    guint  n;
    double stated; /* mean probability */
    double same;   /* share that people called the same */
  } bands[CC_LINK_BANDS];
} CcLinkFit;

typedef struct
{
  guint     labels;
  guint     same;
  CcLinkFit before;         /* of the model in use */
  CcLinkFit after;          /* on each half of the verdicts, learnt from the other half */
  double    matches_before; /* pairs that the model expects to be one */
  double    matches_after;
  gboolean  better; /* the new one surprises less */
  gint64    model;  /* the number it is kept under */
} CcLinkLearning;

/* Learns a model from the verdicts in force and keeps it, in one act, "learn-model". It is not used
 * before it is accepted. With fewer than CC_LINK_LEAST_LABELS verdicts it is CC_ERROR_REFUSED. */
gboolean cc_link_learn (CcCaseFile     *file,
                        const char     *unit,
                        guint64         seed,
                        CcProgress     *progress,
                        CcLinkLearning *learning,
                        GError        **error);

typedef struct
{
  gint64   id;
  guint    labels; /* 0 where it was learnt without any */
  guint    same;
  gboolean accepted; /* runs use it */
  gint64   time;     /* when and by whom it was accepted, 0 and "" where it is not */
  char    *user;
} CcLinkStoredModel;

/* Element-type CcLinkStoredModel: those learnt from verdicts, the oldest first. */
GPtrArray *cc_link_list_models (CcCaseFile *file, const char *unit, GError **error);
void       cc_link_stored_model_free (CcLinkStoredModel *self);

/* From now on runs score by this model, until another is accepted; its weights stay as they were
 * accepted. model 0: every run learns its own again. One act, "accept-model". */
gboolean cc_link_accept_model (CcCaseFile   *file,
                               const char   *unit,
                               gint64        model,
                               GCancellable *cancellable,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkStoredModel, cc_link_stored_model_free)

G_END_DECLS
