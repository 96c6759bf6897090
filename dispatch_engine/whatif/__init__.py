"""What if: scenarios of changes to a problem document, solved and compared with the document as it is."""
