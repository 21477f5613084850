/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for passphrases and keys: in pages of its own, kept out of swap where the system allows
 * it, left out of dumps, wiped when freed. A text in it is a plain char array. */
typedef char CcSecret;

gpointer  cc_secret_alloc (gsize size);
void      cc_secret_free (gpointer secret);
CcSecret *cc_secret_dup_text (const char *text);

/* The first line of a file, without its end. NULL with an error; an empty line is one. */
CcSecret *cc_secret_read_line (const char *path, GError **error);

/* A line from a file descriptor, read byte by byte so that no buffer keeps it. NULL at its end. */
CcSecret *cc_secret_read_fd (int fd);

/* Wipes ordinary memory that the compiler believes nobody reads again. Texts may be NULL. */
void cc_secret_wipe (gpointer data, gsize size);
void cc_secret_wipe_text (char *text);
void cc_secret_free_text (char *text);

/* At the start of a program: no core dumps, and no other program of the same user looks inside. */
void cc_secret_guard_process (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSecret, cc_secret_free)

G_END_DECLS
