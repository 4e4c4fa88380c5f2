"""The methods of the vendor's later wrapper, each with the name of its function on the wire.

Generated from spec/functions/; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any


class Methods:
    """A method only gives its arguments; `mailstore_sdk.compat` calls the function with them."""

    def CreateSystemAdministrator(
        self, config: dict[str, Any] | list[Any] | str, password: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create a system administrator. Typed: ``SPEClient.create_system_administrator``."""
        return locals()

    def CreateSystemAdministratorAPIPassword(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Create a new API password for the calling administrator.

        Typed: ``SPEClient.create_system_administrator_api_password``.
        """
        return locals()

    def DeactivateSystemAdministratorMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Disable MFA for a system administrator. Typed: ``SPEClient.deactivate_system_administrator_mfa``."""
        return locals()

    def DeleteSystemAdministrator(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a system administrator. Typed: ``SPEClient.delete_system_administrator``."""
        return locals()

    def GetSystemAdministrators(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the system administrators. Typed: ``SPEClient.get_system_administrators``."""
        return locals()

    def InitializeSystemAdministratorMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start or restart the MFA set-up of a system administrator.

        Typed: ``SPEClient.initialize_system_administrator_mfa``.
        """
        return locals()

    def SetSystemAdministratorConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the name and address of a system administrator.

        Typed: ``SPEClient.set_system_administrator_configuration``.
        """
        return locals()

    def SetSystemAdministratorPassword(
        self, userName: str, password: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the password of a system administrator. Typed: ``SPEClient.set_system_administrator_password``."""
        return locals()

    def CreateClientAccessServer(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Register a client access server at the management server.

        Typed: ``SPEClient.create_client_access_server``.
        """
        return locals()

    def DeleteClientAccessServer(self, serverName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Remove a client access server from the management server.

        Typed: ``SPEClient.delete_client_access_server``.
        """
        return locals()

    def GetClientAccessServers(
        self, withServiceStatus: bool | str, serverNameFilter: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the client access servers. Typed: ``SPEClient.get_client_access_servers``."""
        return locals()

    def SetClientAccessServerConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of a client access server.

        Typed: ``SPEClient.set_client_access_server_configuration``.
        """
        return locals()

    def GetComplianceConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the compliance settings of an instance. Typed: ``Instance.get_compliance_configuration``."""
        return locals()

    def GetRetentionPolicies(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the retention policies of an instance. Typed: ``Instance.get_retention_policies``."""
        return locals()

    def ProcessRetentionPolicies(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Apply the retention policies of an instance now. Typed: ``Instance.process_retention_policies``."""
        return locals()

    def SetComplianceConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the compliance settings of an instance. Typed: ``Instance.set_compliance_configuration``."""
        return locals()

    def SetRetentionPolicies(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the retention policies of an instance. Typed: ``Instance.set_retention_policies``."""
        return locals()

    def CreateCredential(
        self,
        type: str,
        description: str,
        tenantId: str | None = None,
        applicationId: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Store a credential for directory services or profiles. Typed: ``Instance.create_credential``."""
        return locals()

    def DeleteCredential(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a stored credential. Typed: ``Instance.delete_credential``."""
        return locals()

    def GetCredentialSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the settings of a stored credential. Typed: ``Instance.get_credential_settings``."""
        return locals()

    def GetCredentials(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the stored credentials of an instance. Typed: ``Instance.get_credentials``."""
        return locals()

    def SetCredentialSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Set the settings of a stored credential. Typed: ``Instance.set_credential_settings``."""
        return locals()

    def GetDirectoryServicesConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the directory service settings of an instance.

        Typed: ``Instance.get_directory_services_configuration``.
        """
        return locals()

    def SetDirectoryServicesConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the directory service settings of an instance.

        Typed: ``Instance.set_directory_services_configuration``.
        """
        return locals()

    def SyncUsersWithDirectoryServices(
        self, dryRun: bool | str = False, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Synchronise the users of an instance with its directory service.

        Typed: ``Instance.sync_users_with_directory_services``.
        """
        return locals()

    def DeleteEmptyFolders(self, folder: str | None = None, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete the folders that hold no messages. Typed: ``Instance.delete_empty_folders``."""
        return locals()

    def GetChildFolders(
        self, folder: str | None = None, maxLevels: int | str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the folders below a folder. Typed: ``Instance.get_child_folders``."""
        return locals()

    def GetFolderStatistics(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Measure the size of every folder. Typed: ``Instance.get_folder_statistics``."""
        return locals()

    def MoveFolder(self, fromFolder: str, toFolder: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Move or rename a folder. Typed: ``Instance.move_folder``."""
        return locals()

    def CreateDirectoryOnInstanceHost(
        self, serverName: str, path: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create a folder in the file system of an instance host.

        Typed: ``SPEClient.create_directory_on_instance_host``.
        """
        return locals()

    def CreateInstanceHost(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Register an instance host at the management server. Typed: ``SPEClient.create_instance_host``."""
        return locals()

    def DeleteInstanceHost(self, serverName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Remove an instance host from the management server. Typed: ``SPEClient.delete_instance_host``."""
        return locals()

    def GetDirectoriesOnInstanceHost(
        self, serverName: str, path: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List folders in the file system of an instance host.

        Typed: ``SPEClient.get_directories_on_instance_host``.
        """
        return locals()

    def GetInstanceHosts(
        self, serverNameFilter: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the instance hosts. Typed: ``SPEClient.get_instance_hosts``."""
        return locals()

    def SetInstanceHostConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of an instance host. Typed: ``SPEClient.set_instance_host_configuration``."""
        return locals()

    def CreateInstance(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create an instance on an instance host. Typed: ``SPEClient.create_instance``."""
        return locals()

    def DeleteInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete the instances that a filter selects. Typed: ``SPEClient.delete_instances``."""
        return locals()

    def FreezeInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Pause the instances that a filter selects, for a backup of their files.

        Typed: ``SPEClient.freeze_instances``.
        """
        return locals()

    def GetInstanceConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the configuration of an instance. Typed: ``Instance.get_instance_configuration``."""
        return locals()

    def GetInstanceProcessLiveStatistics(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the counters of the process that runs an instance.

        Typed: ``Instance.get_instance_process_live_statistics``.
        """
        return locals()

    def GetInstanceStatistics(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the size and the number of messages of an instance. Typed: ``Instance.get_instance_statistics``."""
        return locals()

    def GetInstances(self, instanceFilter: str = "*", autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the instances that a filter selects, with their state. Typed: ``SPEClient.get_instances``."""
        return locals()

    def RestartInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Restart the instances that a filter selects. Typed: ``SPEClient.restart_instances``."""
        return locals()

    def SetInstanceConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of an instance. Typed: ``SPEClient.set_instance_configuration``."""
        return locals()

    def StartInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start the instances that a filter selects. Typed: ``SPEClient.start_instances``."""
        return locals()

    def StopInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Stop the instances that a filter selects. Typed: ``SPEClient.stop_instances``."""
        return locals()

    def ThawInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """End the pause of the instances that a filter selects. Typed: ``SPEClient.thaw_instances``."""
        return locals()

    def CancelJobAsync(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Ask a running job to stop. Typed: ``Instance.cancel_job_async``."""
        return locals()

    def CreateJob(
        self,
        name: str,
        action: str,
        owner: str,
        timeZoneId: str,
        date: datetime | str | None = None,
        interval: int | str | None = None,
        time: str | None = None,
        dayOfWeek: str | None = None,
        dayOfMonth: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create a job that runs an API function on a schedule. Typed: ``Instance.create_job``."""
        return locals()

    def DeleteJob(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a job. Typed: ``Instance.delete_job``."""
        return locals()

    def GetJobResults(
        self,
        fromIncluding: datetime | str,
        toExcluding: datetime | str,
        timeZoneId: str = "$Local",
        jobId: int | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """List the finished runs of jobs in a time range. Typed: ``Instance.get_job_results``."""
        return locals()

    def GetJobs(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the scheduled jobs of an instance. Typed: ``Instance.get_jobs``."""
        return locals()

    def RenameJob(self, id: int | str, name: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rename a job. Typed: ``Instance.rename_job``."""
        return locals()

    def RunJobAsync(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start a job now. Typed: ``Instance.run_job_async``."""
        return locals()

    def SetJobEnabled(self, id: int | str, enabled: bool | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Enable or disable a job. Typed: ``Instance.set_job_enabled``."""
        return locals()

    def SetJobSchedule(
        self,
        id: int | str,
        timeZoneId: str,
        date: datetime | str | None = None,
        interval: int | str | None = None,
        time: str | None = None,
        dayOfWeek: str | None = None,
        dayOfMonth: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Change the schedule of a job. Typed: ``Instance.set_job_schedule``."""
        return locals()

    def DeleteMessage(self, id: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete one message. Typed: ``Instance.delete_message``."""
        return locals()

    def GetMessages(self, folder: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the messages of a folder. Typed: ``Instance.get_messages``."""
        return locals()

    def CanRunArchiveProfiles(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Check whether an instance can run archiving profiles. Typed: ``Instance.can_run_archive_profiles``."""
        return locals()

    def CreateProfile(
        self,
        properties: dict[str, Any] | list[Any] | str | None = None,
        raw: bool | str = True,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create an archiving or export profile. Typed: ``Instance.create_profile``."""
        return locals()

    def DeleteProfile(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a profile. Typed: ``Instance.delete_profile``."""
        return locals()

    def GetProfiles(self, raw: bool | str = True, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the archiving and export profiles of an instance. Typed: ``Instance.get_profiles``."""
        return locals()

    def GetWorkerResultReport(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Fetch the report of one run of a profile. Typed: ``Instance.get_worker_result_report``."""
        return locals()

    def GetWorkerResults(
        self,
        fromIncluding: datetime | str,
        toExcluding: datetime | str,
        timeZoneID: str = "$Local",
        profileID: int | str | None = None,
        userName: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """List the runs of archiving and export profiles in a time range. Typed: ``Instance.get_worker_results``."""
        return locals()

    def RunProfile(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Run a stored profile. Typed: ``Instance.run_profile``."""
        return locals()

    def RunTemporaryProfile(
        self, properties: dict[str, Any] | list[Any] | str, raw: bool | str = True, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Run a profile once without storing it. Typed: ``Instance.run_temporary_profile``."""
        return locals()

    def SetProfileServerSideExecution(
        self,
        id: int | str,
        automatic: bool | str,
        automaticPauseBetweenExecutions: int | str | None = None,
        automaticMaintenanceWindows: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Enable or disable the automatic runs of a profile on the server.

        Typed: ``Instance.set_profile_server_side_execution``.
        """
        return locals()

    def CreateClientOneTimeUrlForArchiveAdmin(
        self, instanceUrl: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create a link for one login to an instance as $archiveadmin.

        Typed: ``Instance.create_client_one_time_url_for_archive_admin``.
        """
        return locals()

    def GetArchiveAdminEnabled(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Check whether service provider access to an instance is enabled.

        Typed: ``Instance.get_archive_admin_enabled``.
        """
        return locals()

    def SetArchiveAdminEnabled(self, enabled: bool | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Enable or disable service provider access to an instance. Typed: ``Instance.set_archive_admin_enabled``."""
        return locals()

    def GetIndexConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read which attachments the full-text indexes cover. Typed: ``Instance.get_index_configuration``."""
        return locals()

    def RebuildSelectedStoreIndexes(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rebuild the marked full-text indexes of an instance. Typed: ``Instance.rebuild_selected_store_indexes``."""
        return locals()

    def SelectAllStoreIndexesForRebuild(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Mark all full-text indexes of an instance for a rebuild.

        Typed: ``Instance.select_all_store_indexes_for_rebuild``.
        """
        return locals()

    def SetIndexConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set which attachments the full-text indexes cover. Typed: ``Instance.set_index_configuration``."""
        return locals()

    def GetSmtpSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the SMTP settings of an instance. Typed: ``Instance.get_smtp_settings``."""
        return locals()

    def GetSystemSmtpConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the SMTP settings of the installation. Typed: ``SPEClient.get_system_smtp_configuration``."""
        return locals()

    def SetSmtpSettings(
        self, settings: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the SMTP settings of an instance. Typed: ``Instance.set_smtp_settings``."""
        return locals()

    def SetSystemSmtpConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the SMTP settings of the installation. Typed: ``SPEClient.set_system_smtp_configuration``."""
        return locals()

    def TestSmtpSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Send a test mail with the settings of an instance. Typed: ``Instance.test_smtp_settings``."""
        return locals()

    def TestSystemSmtpConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Send a test mail with the settings of the installation.

        Typed: ``SPEClient.test_system_smtp_configuration``.
        """
        return locals()

    def AttachStore(
        self,
        name: str,
        databasePath: str,
        contentPath: str | None = None,
        indexPath: str | None = None,
        requestedState: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Attach an existing archive store. Typed: ``Instance.attach_store``."""
        return locals()

    def CompactStore(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Compact an archive store. Typed: ``Instance.compact_store``."""
        return locals()

    def CreateStore(
        self,
        name: str,
        databasePath: str,
        contentPath: str | None = None,
        indexPath: str | None = None,
        requestedState: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create an archive store and attach it. Typed: ``Instance.create_store``."""
        return locals()

    def DetachStore(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Detach an archive store from its instance. Typed: ``Instance.detach_store``."""
        return locals()

    def GetStoreAutoCreateConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read when the server creates archive stores automatically.

        Typed: ``Instance.get_store_auto_create_configuration``.
        """
        return locals()

    def GetStores(self, includeSize: bool | str = True, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the archive stores of an instance. Typed: ``Instance.get_stores``."""
        return locals()

    def MaintainFileSystemDatabases(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rebuild all databases of an instance by backing them up and restoring them.

        Typed: ``Instance.maintain_file_system_databases``.
        """
        return locals()

    def MergeStore(self, id: int | str, sourceId: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Merge one archive store into another. Typed: ``Instance.merge_store``."""
        return locals()

    def RecoverStore(
        self,
        id: int | str,
        encryptionKey: str | None = None,
        recoverDeletedMessages: bool | str = False,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Rebuild the broken database of an archive store from its recovery records.

        Typed: ``Instance.recover_store``.
        """
        return locals()

    def RecreateRecoveryRecords(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rewrite the recovery records of an archive store. Typed: ``Instance.recreate_recovery_records``."""
        return locals()

    def RefreshAllStoreStatistics(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Recalculate message counts and sizes of all archive stores of an instance.

        Typed: ``Instance.refresh_all_store_statistics``.
        """
        return locals()

    def RenameStore(self, id: int | str, name: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rename an archive store. Typed: ``Instance.rename_store``."""
        return locals()

    def RepairStoreDatabase(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rebuild the internal indexes of the database of an archive store.

        Typed: ``Instance.repair_store_database``.
        """
        return locals()

    def RetryOpenStores(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Retry opening the archive stores that could not be opened. Typed: ``Instance.retry_open_stores``."""
        return locals()

    def SetStoreAutoCreateConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set when the server creates archive stores automatically.

        Typed: ``Instance.set_store_auto_create_configuration``.
        """
        return locals()

    def SetStorePath(self, id: int | str, path: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Change the folder where the server looks for an archive store. Typed: ``Instance.set_store_path``."""
        return locals()

    def SetStoreRequestedState(
        self, id: int | str, requestedState: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the requested state of an archive store. Typed: ``Instance.set_store_requested_state``."""
        return locals()

    def TransferStores(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Transfer archive stores; what moves where is not documented. Typed: ``SPEClient.transfer_stores``."""
        return locals()

    def UnlockStore(self, id: int | str, passphrase: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Unlock an archive store that comes from another installation. Typed: ``Instance.unlock_store``."""
        return locals()

    def UpgradeStore(self, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Upgrade an archive store to the current format. Typed: ``Instance.upgrade_store``."""
        return locals()

    def UpgradeStores(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Upgrade all archive stores of an instance that need it. Typed: ``Instance.upgrade_stores``."""
        return locals()

    def VerifyStore(
        self, id: int | str, includeIndexes: bool | str = True, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Check one archive store for missing or damaged messages. Typed: ``Instance.verify_store``."""
        return locals()

    def VerifyStores(self, includeIndexes: bool | str = True, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Check the consistency of all archive stores of an instance. Typed: ``Instance.verify_stores``."""
        return locals()

    def CreateLicenseRequest(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Create the data of a licence request. Typed: ``SPEClient.create_license_request``."""
        return locals()

    def GetEnvironmentInfo(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the version, the licence and the machine of the management server.

        Typed: ``SPEClient.get_environment_info``.
        """
        return locals()

    def GetServiceStatus(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the state of all services of the installation, with their messages.

        Typed: ``SPEClient.get_service_status``.
        """
        return locals()

    def GetTimeZones(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the time zones that the server knows. Typed: ``Instance.get_time_zones``."""
        return locals()

    def PairWithManagementServer(
        self, serverType: str, serverName: str, port: int | str, thumbprint: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Pair a server of the installation with the management server.

        Typed: ``SPEClient.pair_with_management_server``.
        """
        return locals()

    def Ping(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Keep the connection to the management server alive. Typed: ``SPEClient.ping``."""
        return locals()

    def ReloadBranding(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Reload the branding resources. Typed: ``SPEClient.reload_branding``."""
        return locals()

    def SendStatusReport(
        self, timespan: str, timeZoneId: str, recipients: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Send a status report of an instance by mail. Typed: ``Instance.send_status_report``."""
        return locals()

    def ClearUserPrivilegesOnFolders(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Remove all folder privileges of a user. Typed: ``Instance.clear_user_privileges_on_folders``."""
        return locals()

    def CreateUser(
        self,
        userName: str,
        privileges: Sequence[str] | str = "none",
        fullName: str | None = None,
        distinguishedName: str | None = None,
        authentication: str | None = None,
        password: str | None = None,
        loginPrivileges: Sequence[str] | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create a user. Typed: ``Instance.create_user``."""
        return locals()

    def DeleteAppPasswords(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete all app passwords of a user. Typed: ``Instance.delete_app_passwords``."""
        return locals()

    def DeleteUser(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a user; the archive of the user stays. Typed: ``Instance.delete_user``."""
        return locals()

    def DisableMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Disable MFA for a user. Typed: ``Instance.disable_mfa``."""
        return locals()

    def GetUserInfo(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read all properties of one user. Typed: ``Instance.get_user_info``."""
        return locals()

    def GetUsers(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the users of an instance. Typed: ``Instance.get_users``."""
        return locals()

    def InitializeMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start or restart the MFA set-up of a user. Typed: ``Instance.initialize_mfa``."""
        return locals()

    def RenameUser(self, oldUserName: str, newUserName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rename a user; the folder of the archive keeps its name. Typed: ``Instance.rename_user``."""
        return locals()

    def SetUserAuthentication(
        self, userName: str, authentication: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the authentication of a user. Typed: ``Instance.set_user_authentication``."""
        return locals()

    def SetUserDistinguishedName(
        self, userName: str, distinguishedName: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set or clear the distinguished name of a user in the directory.

        Typed: ``Instance.set_user_distinguished_name``.
        """
        return locals()

    def SetUserEmailAddresses(
        self, userName: str, emailAddresses: Sequence[str] | str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the addresses whose mail belongs to a user. Typed: ``Instance.set_user_email_addresses``."""
        return locals()

    def SetUserFullName(
        self, userName: str, fullName: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set or clear the full name of a user. Typed: ``Instance.set_user_full_name``."""
        return locals()

    def SetUserLoginPrivileges(
        self, userName: str, loginPrivileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the login privileges of a user. Typed: ``Instance.set_user_login_privileges``."""
        return locals()

    def SetUserPassword(self, userName: str, password: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Set the password of a user. Typed: ``Instance.set_user_password``."""
        return locals()

    def SetUserPop3UserNames(
        self, userName: str, pop3UserNames: Sequence[str] | str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the POP3 accounts whose mail belongs to a user. Typed: ``Instance.set_user_pop3_user_names``."""
        return locals()

    def SetUserPrivileges(
        self, userName: str, privileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the privileges of a user. Typed: ``Instance.set_user_privileges``."""
        return locals()

    def SetUserPrivilegesOnAllFolders(
        self, userName: str, privileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the privileges of a user on all folders. Typed: ``Instance.set_user_privileges_on_all_folders``."""
        return locals()

    def SetUserPrivilegesOnFolder(
        self, userName: str, folder: str, privileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the privileges of a user on one folder. Typed: ``Instance.set_user_privileges_on_folder``."""
        return locals()
