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

/* ---- a sample that people look at before they rely on a model ---- */

/* From this probability on a pair can be in the sample; below it nobody looks. */
#define CC_LINK_SAMPLE_FLOOR 0.05
#define CC_LINK_SAMPLE_BANDS 5
#define CC_LINK_LEAST_SAMPLE 20

/* The pairs of one band of probabilities; 0.2, 0.5, 0.9 and 0.99 part the bands. */
typedef struct
{
  guint pairs; /* there are, none of them decided before */
  guint drawn;
  guint same; /* of those drawn, in the eyes of people */
  guint different;
  guint undecided;
} CcLinkSampleBand;

/* What a signature states: shares of pairs that are one person. The bounds add up the Wilson bounds
 * (95 %) of the bands by their numbers of pairs, which is wider than the interval of the sum. */
typedef struct
{
  CcLinkSampleBand bands[CC_LINK_SAMPLE_BANDS];
  double           precision; /* of the pairs that the model calls one: at least 0.5 */
  double           low;
  double           high;
  double           found; /* of all pairs that are one and reach the floor, those called one */
  gint64           time;  /* 0 and "" where nobody signed yet */
  char            *user;
} CcLinkSignature;

/* One pair to look at, in an order that tells nothing of what the model thinks of it. */
typedef struct
{
  guint8    uuid_a[16];
  guint8    uuid_b[16];
  gboolean  is_open; /* nobody decided yet, or a record has changed since */
  gboolean  gone;    /* a record is not in the file any more */
  CcVerdict verdict;
  guint     band;
} CcLinkSampleItem;

/* Draws `n` pairs that this model scored and nobody decided, as many from each band as there are,
 * and keeps them in one act, "sample-model"; an earlier sample of the kind is forgotten. With less
 * than CC_LINK_LEAST_SAMPLE pairs it is CC_ERROR_REFUSED. */
gboolean cc_link_sample_model (CcCaseFile *file,
                               const char *unit,
                               gint64      model,
                               guint       n,
                               guint64     seed,
                               CcProgress *progress,
                               GError    **error);

/* Element-type CcLinkSampleItem: the pairs of the sample that was drawn last, and which model it is
 * of, 0 where that is not in the file any more. CC_ERROR_NOT_FOUND where none was drawn. */
GPtrArray *cc_link_list_sample (CcCaseFile *file, const char *unit, gint64 *model, GError **error);

/* Signs the model off: what people decided on each pair of its sample is counted and kept with it,
 * in one act, "sign-model". CC_ERROR_REFUSED where a pair waits, or where the last sample is of
 * another model. */
gboolean cc_link_sign_model (CcCaseFile      *file,
                             const char      *unit,
                             gint64           model,
                             CcLinkSignature *signature,
                             GCancellable    *cancellable,
                             GError         **error);

/* Reads what settings keep of a signature, without time and user; FALSE where it is none. */
gboolean cc_link_signature_from_text (CcLinkSignature *self, const char *text);

typedef struct
{
  gint64   id;
  guint    labels; /* 0 where it was learnt without any */
  guint    same;
  gboolean accepted; /* runs use it */
  gint64   time;     /* when and by whom it was accepted, 0 and "" where it is not */
  char    *user;

  gboolean        is_signed; /* people looked at a sample of its pairs */
  CcLinkSignature signature;
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
