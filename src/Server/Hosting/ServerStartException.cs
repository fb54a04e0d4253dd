namespace Towpath.Server;

/// <summary>
/// The server cannot start with this configuration or on this machine; the message is for the operator and says what to change.
/// </summary>
public sealed class ServerStartException(string message, Exception? inner = null) : Exception(message, inner);
