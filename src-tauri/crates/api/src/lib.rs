//! Every command and query of the user interface; knows no window and no vendor
