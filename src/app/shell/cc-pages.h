/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A page of the sidebar. */
typedef struct
{
  const char *name;  /* target of the action win.page */
  const char *title; /* to be translated with _() */
  const char *icon_name;
  GType (*get_type) (void); /* a CcPage */
} CcPageInfo;

/* The pages that exist, in the order of the sidebar. */
guint             cc_pages_get_n (void);
const CcPageInfo *cc_pages_get (guint index);

G_END_DECLS
