/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-csv.h>

/* A table of the development file's columns, with entity_id for the truth, from its text. */
CcLinkCsv *link_text_load (CcPack *pack, const char *text);
