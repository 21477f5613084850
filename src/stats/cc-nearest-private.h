/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-text.h>
#include <string.h>

G_BEGIN_DECLS

/* Finds the known word that is spelled most like the one written, for error messages. Words that
 * are further away than half their length are no help and are not named. */
typedef struct
{
  const char *written;
  const char *best;
  guint       distance;
} CcNearest;

static inline void
cc_nearest_init (CcNearest *self, const char *written)
{
  self->written = written;
  self->best = NULL;
  self->distance = MAX (2, (guint) strlen (written) / 2) + 1;
}

static inline void
cc_nearest_try (CcNearest *self, const char *known)
{
  guint distance = cc_text_edit_distance (self->written, known, self->distance);

  if (distance < self->distance)
    {
      self->best = known;
      self->distance = distance;
    }
}

G_END_DECLS
