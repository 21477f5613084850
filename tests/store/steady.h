/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a program gets that links steady.c: quick derivation of keys, a clock that stands still, so
 * that the same act twice leaves the same content hash, and no waiting. */
#define STEADY_ROUNDS 100
#define STEADY_TIME   (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC)

/* For files that were made elsewhere: keys are derived as they should be, each once. */
void steady_derive_fully (gboolean fully);

/* Whom to tell, in its thread, that a page's key was derived from a file's key. */
void steady_tell_page_keys (void (*told) (void));
