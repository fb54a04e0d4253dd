namespace Towpath.Inventory;

/// <summary>The network was asked for before all of what is stored of it was read: soon after a start.</summary>
public sealed class InventoryUnreadException() : Exception("The stored network is still being read. Try again in a second.");
