/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CC_TYPE_MESSAGE_CARD (cc_message_card_get_type ())
G_DECLARE_FINAL_TYPE (CcMessageCard, cc_message_card, CC, MESSAGE_CARD, GtkBox)

/* What went wrong with a form, under its fields. A screen reader tells it as it comes. */

/* text: (nullable): NULL hides it. */
void cc_message_card_show (CcMessageCard *self, const char *text);

/* Returns: (transfer none): "" where nothing is said. */
const char *cc_message_card_get_text (CcMessageCard *self);

G_END_DECLS
