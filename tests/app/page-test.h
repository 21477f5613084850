/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "shell/cc-page.h"

/* One page in a window of its own over a new case file; acts load it again, as the shell does. */
typedef struct
{
  AppTest    base;
  GtkWidget *window;
  CcPage    *page;
  CcSession *session;
} PageTest;

void page_test_set_up (PageTest *self, GType page_type, const CaseParams *params);
void page_test_tear_down (PageTest *self, gconstpointer data);
